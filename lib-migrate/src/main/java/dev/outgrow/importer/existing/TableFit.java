package dev.outgrow.importer.existing;

import dev.outgrow.importer.existing.Finding.What;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.PrimaryKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fits one table of a file to the one that is there. Used once. */
final class TableFit {
  private final SourceTable source;
  private final ExistingTable existing;
  private final Consent consent;
  private final Draft draft;
  private final List<ColumnMapping> columns = new ArrayList<>();
  private final List<Landing> landings = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private String identity = "";

  TableFit(SourceTable source, ExistingTable existing, Consent consent, Draft draft) {
    this.source = source;
    this.existing = existing;
    this.consent = consent;
    this.draft = draft;
  }

  void map() {
    draft.rename("table", source.name(), existing.name());
    holdings();
    List<String> names = existing.columns().stream().map(ExistingColumn::name).toList();
    for (int i = 0; i < source.table().columns().size(); i++) {
      Match match =
          Match.of(consent.nameOf(source.table(), source.table().columns().get(i)), names);
      known.addAll(match.candidates());
      column(i, match);
    }
    existing.table().columns().stream().filter(c -> !known.contains(c.name())).forEach(this::extra);
    if (columns.isEmpty()) {
      String why = "Left out, because the target's table has none of its columns";
      draft.notCarried.add(new NotCarried(Kind.MISSING_TABLE, source.name(), why));
    } else {
      draft.landed.add(new LandedTable(mapping(), landings, existing, identity));
    }
  }

  private void holdings() {
    if (existing.rows() > 0) {
      boolean stay = consent.replace() || consent.append() != Append.NONE;
      draft.findings.add(
          new Finding(
              What.ROWS_HELD,
              existing.name(),
              "it holds " + existing.describeRows() + held(),
              !stay));
    }
  }

  private String held() {
    if (consent.append() != Append.NONE) {
      return ", which the file's rows are added to";
    }
    return consent.replace()
        ? ", which are kept beside it"
        : ". Empty it, or say that its rows may be replaced (replace, or --replace): they are then"
            + " kept beside it; or that the file's are added to them (append, or --append)";
  }

  private void column(int position, Match match) {
    Column column = source.table().columns().get(position);
    if (match.ambiguous()) {
      draft.refuse(
          What.AMBIGUOUS_NAME,
          existing.name() + "." + column.name(),
          "it could be any of the columns " + String.join(", ", match.candidates()));
    } else if (match.missing()) {
      missing(column, source.profiles().get(position));
    } else {
      found(position, column, existing.table().column(match.name()).orElseThrow());
    }
  }

  private void missing(Column column, ColumnProfile profile) {
    long values = source.rows() - profile.count(StorageClass.NULL);
    String why =
        "the target's table has no such column; " + count(values, "value") + " would be lost";
    boolean refuses = values > 0 && !consent.accepts(Kind.MISSING_COLUMN);
    String name = existing.name() + "." + column.name();
    draft.findings.add(
        new Finding(
            What.MISSING_COLUMN,
            name,
            why + (refuses ? Consent.remedy("the column", Kind.MISSING_COLUMN) : ""),
            refuses));
    draft.notCarried.add(
        new NotCarried(
            Kind.MISSING_COLUMN,
            source.name() + "." + column.name(),
            "Left out, because " + why + " (it holds " + profile.describe() + ")"));
  }

  private void found(int position, Column column, Column target) {
    if (target.generated() != null) {
      generated(column, target);
      return;
    }
    ExistingColumn type =
        existing.columns().stream()
            .filter(c -> c.name().equals(target.name()))
            .findFirst()
            .orElseThrow();
    ColumnFit fit = ColumnFit.of(type);
    Reading reading = consent.reading(source.table(), column);
    Landing landing = reading.isStored() ? fit.landing(type) : fit.ruled(type);
    consent.rules().requireReadable(source.name(), column, landing.staged());
    draft.rename("column", column.name(), target.name());
    new ValueFit(
            source.name(), existing.name(), column, target, source.profiles().get(position), fit)
        .report(fit.traitFor(type), reading, consent.rejects(), draft);
    columns.add(
        new ColumnMapping(
            column.name(),
            target.name(),
            landing.staged(),
            !target.nullable(),
            null,
            null,
            false,
            null,
            reading));
    landings.add(landing);
    if (column.identity() != Identity.NONE) {
      identity = target.name();
    }
  }

  private void generated(Column column, Column target) {
    String name = existing.name() + "." + target.name();
    draft.find(
        What.GENERATED_COLUMN, name, "PostgreSQL computes it; the file's values are not used");
    if (column.generated() == null) {
      draft.notCarried.add(
          new NotCarried(
              Kind.GENERATED_COLUMN,
              source.name() + "." + column.name(),
              "PostgreSQL computes it in the table that is there; the file's values are left out"));
    }
  }

  private void extra(Column target) {
    boolean filled =
        target.nullable()
            || target.defaultValue() != null
            || target.identity() != Identity.NONE
            || target.generated() != null;
    boolean refuses = !filled && source.rows() > 0;
    draft.findings.add(
        new Finding(
            What.EXTRA_COLUMN,
            existing.name() + "." + target.name(),
            refuses
                ? "no column of the file goes there, it refuses nulls and has no default. Give it a default, or allow"
                    + " nulls"
                : "no column of the file goes there; PostgreSQL fills it",
            refuses));
  }

  private TableMapping mapping() {
    return new TableMapping(
        source.name(),
        existing.name(),
        source.rows(),
        columns,
        key(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        source.lastId());
  }

  /** What tells rows apart: the target's key if all of it comes from the file, else the file's. */
  private @Nullable PrimaryKey key() {
    PrimaryKey key = existing.table().primaryKey();
    List<String> carried = columns.stream().map(ColumnMapping::target).toList();
    if (consent.append() != Append.NONE) {
      return keyToAppendBy(carried);
    }
    if (key == null) {
      return keyOfTheFile();
    }
    return carried.containsAll(key.columns()) ? key : null;
  }

  private @Nullable PrimaryKey keyToAppendBy(List<String> carried) {
    PrimaryKey key = AppendKey.find(existing, carried).orElse(null);
    if (key == null && source.rows() > 0) {
      draft.refuse(
          What.NO_KEY,
          existing.name(),
          "nothing tells which of its rows the file's are: it has no primary key, and no unique key that refuses"
              + " nulls, whose columns the file all has and PostgreSQL compares by itself. Give it one, or leave the"
              + " table out (exclude, or --exclude)");
    }
    return key;
  }

  private @Nullable PrimaryKey keyOfTheFile() {
    PrimaryKey key = source.table().primaryKey();
    List<String> carried = new ArrayList<>();
    for (String column : key == null ? List.<String>of() : key.columns()) {
      String folded = Identifier.folded(column);
      columns.stream()
          .filter(c -> Identifier.folded(c.source()).equals(folded))
          .forEach(c -> carried.add(c.target()));
    }
    return key == null || carried.size() < key.columns().size()
        ? null
        : new PrimaryKey(null, carried);
  }

  private static String count(long count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }
}
