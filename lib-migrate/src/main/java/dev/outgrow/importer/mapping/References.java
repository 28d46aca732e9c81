package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.NamingConvention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps foreign keys, and says of each that cannot be created why. */
final class References {
  private final SourceNames source;
  private final TypeMap types;
  private final Names names;
  private final Map<String, Keys> keys;
  private final Findings findings;

  References(
      SourceNames source, TypeMap types, Names names, Map<String, Keys> keys, Findings findings) {
    this.source = source;
    this.types = types;
    this.names = names;
    this.keys = keys;
    this.findings = findings;
  }

  List<TableMapping.Reference> of(SourceTable table) {
    List<TableMapping.Reference> references = new ArrayList<>();
    for (int i = 0; i < table.table().foreignKeys().size(); i++) {
      map(table, i, references);
    }
    return references;
  }

  private void map(SourceTable table, int index, List<TableMapping.Reference> into) {
    ForeignKey key = table.table().foreignKeys().get(index);
    long orphans = table.orphans().get(index);
    SourceNames.Target target = source.resolve(table, key).orElse(null);
    String obstacle = obstacle(table, key, target);
    if (obstacle != null || target == null) {
      findings.notCarried(Kind.FOREIGN_KEY, describe(table, key), String.valueOf(obstacle));
      return;
    }
    List<String> columns = names.columns(table, target.referring());
    String name = names.key(key.name(), NamingConvention.FOREIGN_KEY, table, columns);
    long spelledOtherwise = table.spelledOtherwise().get(index);
    if (spelledOtherwise > 0) {
      reportSpelling(table, key, target, name, spelledOtherwise);
    }
    ForeignKey mapped =
        new ForeignKey(
            name,
            columns,
            names.table(target.table().name()),
            names.columns(target.table(), target.columns()),
            key.onDelete(),
            key.onUpdate(),
            key.deferrability());
    TableMapping.Reference reference =
        new TableMapping.Reference(mapped, orphans, spelledOtherwise, link(table, target));
    validation(reference).ifPresent(findings::notCarried);
    into.add(reference);
  }

  private void reportSpelling(
      SourceTable table, ForeignKey key, SourceNames.Target target, String name, long rows) {
    List<String> collations =
        target.columns().stream()
            .map(c -> target.table().table().columns().get(c).collation())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    String who =
        collations.stream().allMatch(Collating::isKnown)
            ? " of its rows refer to a row that is spelled otherwise, by "
            : " of its rows refer to no row that is spelled alike; maybe to one by ";
    findings.notCarried(
        Kind.COLLATION,
        describe(table, key),
        rows
            + who
            + String.join(", ", collations)
            + "; "
            + name
            + " is NOT VALID and holds for new rows only");
  }

  /** Says so if a key cannot hold for the rows that are there. */
  static Optional<NotCarried> validation(TableMapping.Reference reference) {
    String reason =
        reference.orphans()
            + " of its rows refer to nothing; "
            + reference.key().name()
            + " is NOT VALID and holds for new rows only";
    return reference.orphans() == 0
        ? Optional.empty()
        : Optional.of(
            new NotCarried(Kind.FOREIGN_KEY_VALIDATION, reference.link().describe(), reason));
  }

  private static Link link(SourceTable table, SourceNames.Target target) {
    return new Link(
        table.name(),
        columns(table, target.referring()),
        target.table().name(),
        columns(target.table(), target.columns()));
  }

  private static List<String> columns(SourceTable table, List<Integer> positions) {
    return positions.stream().map(p -> table.table().columns().get(p).name()).toList();
  }

  private @Nullable String obstacle(
      SourceTable table, ForeignKey key, SourceNames.@Nullable Target target) {
    if (target == null) {
      return source.table(key.referencedTable()).isEmpty()
          ? "There is no table " + key.referencedTable()
          : "The columns it refers to do not exist, or it names none and there is no primary key of that size";
    }
    for (int i = 0; i < target.columns().size(); i++) {
      int column = target.referring().get(i);
      int referenced = target.columns().get(i);
      if (!types.comparable(table, column, target.table(), referenced)) {
        return "Its column is "
            + types.choice(table, column).type().sql()
            + ", the one it refers to is "
            + types.choice(target.table(), referenced).type().sql();
      }
    }
    List<String> referenced = names.columns(target.table(), target.columns());
    return keys.getOrDefault(target.table().name(), Keys.NONE).identifies(referenced)
        ? null
        : "The columns it refers to are neither a primary key nor unique";
  }

  private static String describe(SourceTable table, ForeignKey key) {
    return table.name() + "(" + String.join(", ", key.columns()) + ") -> " + key.referencedTable();
  }
}
