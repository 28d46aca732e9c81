package dev.outgrow.importer.existing;

import dev.outgrow.importer.existing.Finding.What;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Table;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds, for each table of a file, the one that is there for it, and says in what the two do not
 * agree. The target's tables and types rule.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ExistingMapper {
  /** What the file's definitions say of itself alone: the target has definitions of its own. */
  private static final Set<Kind> OF_THE_FILE =
      EnumSet.of(Kind.DEFINITION, Kind.FOREIGN_KEY, Kind.INDEX, Kind.PRIMARY_KEY, Kind.UNIQUE_KEY);

  private final ExistingSchema schema;
  private final Consent consent;

  private ExistingMapper(ExistingSchema schema, Consent consent) {
    this.schema = schema;
    this.consent = consent;
  }

  /**
   * Makes a mapper.
   *
   * @param schema the schema whose tables rule
   * @param replace whether rows that its tables hold may be moved aside
   * @param accepted kinds of what may stay behind
   * @param rules what cells mean, and which tables and columns have other names there
   * @param rejects whether rows that do not fit are kept aside, and refuse nothing
   */
  public static ExistingMapper of(
      ExistingSchema schema, boolean replace, Set<Kind> accepted, Rules rules, boolean rejects) {
    return new ExistingMapper(
        schema, new Consent(replace, accepted, rules, Readings.of(rules), rejects, Append.NONE));
  }

  /** Returns a mapper for rows that are added to those that the tables hold. */
  public ExistingMapper appending(Append append) {
    return new ExistingMapper(schema, consent.with(append));
  }

  /**
   * Returns a mapper that reads what refers to a column with a rule by that rule as well.
   *
   * @param tables all tables of the file
   * @throws dev.outgrow.error.ConfigurationException if a rule for one end of a reference does not
   *     agree with the other end
   */
  public ExistingMapper knowing(List<Table> tables) {
    Reaches reaches = new Reaches(schema, tables, this::existing, consent::nameOf);
    return new ExistingMapper(schema, consent.with(Readings.of(consent.rules(), reaches.find())));
  }

  /** Returns what every value of each column has to be, so that its column takes it. */
  public List<Set<Trait>> traits(Table source) {
    Optional<ExistingTable> existing = existing(source);
    List<Set<Trait>> traits = new ArrayList<>();
    for (Column column : source.columns()) {
      Reading reading = consent.reading(source, column);
      traits.add(
          existing
              .flatMap(t -> Reaches.existing(t, consent.nameOf(source, column)))
              .map(c -> traits(ColumnFit.of(c).traitFor(c), reading))
              .orElse(Set.of()));
    }
    return traits;
  }

  /** What a rule reads, its encoder looks at. */
  private static Set<Trait> traits(Trait fitting, Reading reading) {
    Set<Trait> traits = new LinkedHashSet<>();
    if (reading.emptyIsNull()) {
      traits.add(Trait.EMPTY_IS_NULL);
    }
    if (reading.form() == Form.STORED) {
      traits.add(fitting);
    }
    return traits;
  }

  /**
   * Maps the tables of a file.
   *
   * @param tables the tables, looked at with {@link #traits}
   * @param alreadyNotCarried what is known beforehand not to be carried: views and the like
   * @param leftOut what is left out because the caller said so
   */
  public ExistingMapping map(
      List<SourceTable> tables, List<NotCarried> alreadyNotCarried, List<LeftOut> leftOut) {
    Draft draft = new Draft();
    alreadyNotCarried.stream().filter(this::isMissed).forEach(draft.notCarried::add);
    Set<String> used = new HashSet<>();
    for (SourceTable table : tables) {
      Match match = match(table.table());
      used.addAll(match.candidates());
      map(table, match, draft);
    }
    schema.tables().stream()
        .filter(t -> !used.contains(t.name()) && HistoryTables.toolOf(t.table()).isEmpty())
        .forEach(
            t ->
                draft.find(
                    What.EXTRA_TABLE,
                    t.name(),
                    "no table of the file goes there; it stays as it is"));
    return new ExistingMapping(
        schema,
        new SchemaMapping(
                draft.landed.stream().map(LandedTable::mapping).toList(),
                draft.renamed,
                draft.changedTypes,
                draft.notCarried)
            .withLeftOut(leftOut.stream().filter(ExistingMapper::isMissed).toList()),
        draft.landed,
        draft.findings,
        consent.append());
  }

  private void map(SourceTable table, Match match, Draft draft) {
    Optional<String> tool = HistoryTables.toolOf(table.table());
    if (tool.isPresent()) {
      String why = "the record of what " + tool.get() + " did to the file; the target has its own";
      draft.find(What.HISTORY_TABLE, table.name(), why);
      draft.notCarried.add(new NotCarried(Kind.HISTORY_TABLE, table.name(), "It is " + why));
    } else if (match.ambiguous()) {
      draft.refuse(
          What.AMBIGUOUS_NAME,
          table.name(),
          "it could be any of the tables " + String.join(", ", match.candidates()));
    } else if (match.missing()) {
      missing(table, draft);
    } else {
      ExistingTable existing = schema.table(match.name()).orElseThrow();
      new TableFit(table, existing, consent, draft).map();
    }
  }

  private void missing(SourceTable table, Draft draft) {
    String why =
        "the target has no such table; "
            + table.rows()
            + (table.rows() == 1 ? " row" : " rows")
            + " would be lost";
    boolean refuses = table.rows() > 0 && !consent.accepts(Kind.MISSING_TABLE);
    draft.findings.add(
        new Finding(
            What.MISSING_TABLE,
            table.name(),
            why + (refuses ? Consent.remedy("the table", Kind.MISSING_TABLE) : ""),
            refuses));
    draft.notCarried.add(
        new NotCarried(Kind.MISSING_TABLE, table.name(), "Left out, because " + why));
  }

  /** What a file's view or trigger was for, one of the same name in the target is there for. */
  private boolean isMissed(NotCarried thing) {
    String name = Identifier.folded(thing.name());
    Set<String> there =
        switch (thing.kind()) {
          case VIEW -> schema.views().stream().collect(Collectors.toSet());
          case TRIGGER ->
              schema.tables().stream()
                  .flatMap(t -> t.triggers().stream())
                  .map(ExistingTable.Trigger::name)
                  .collect(Collectors.toSet());
          default -> Set.of();
        };
    return !OF_THE_FILE.contains(thing.kind())
        && there.stream().noneMatch(n -> Identifier.folded(n).equals(name));
  }

  private static boolean isMissed(LeftOut thing) {
    return OF_THE_FILE.stream().noneMatch(k -> k.word().equals(thing.kind()));
  }

  private Optional<ExistingTable> existing(Table source) {
    Match match = match(source);
    return match.missing() || match.ambiguous() ? Optional.empty() : schema.table(match.name());
  }

  private Match match(Table source) {
    return Match.of(
        consent.nameOf(source), schema.tables().stream().map(ExistingTable::name).toList());
  }
}
