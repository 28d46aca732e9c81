package dev.outgrow.importer.existing;

import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Table;
import java.util.Set;

/**
 * What the caller allowed, and said of single columns and tables.
 *
 * @param replace whether rows that the tables hold may be moved aside
 * @param accepted kinds of what may stay behind
 * @param rules which tables and columns have other names there, and what their cells mean
 * @param readings what cells mean
 * @param rejects whether rows that do not fit are kept aside, and refuse nothing
 * @param append what becomes of rows that the tables hold, where it is added to them
 */
record Consent(
    boolean replace,
    Set<Kind> accepted,
    Rules rules,
    Readings readings,
    boolean rejects,
    Append append) {
  Consent {
    accepted = Set.copyOf(accepted);
  }

  /** Returns the same consent where more is known of what cells mean. */
  Consent with(Readings known) {
    return new Consent(replace, accepted, rules, known, rejects, append);
  }

  /** Returns the same consent to add to rows that the tables hold. */
  Consent with(Append added) {
    return new Consent(replace, accepted, rules, readings, rejects, added);
  }

  boolean accepts(Kind kind) {
    return accepted.contains(kind);
  }

  /** Returns the name of the table that is there for one of the file's. */
  String nameOf(Table table) {
    return rules.givenName(table.name()).orElse(table.name());
  }

  /** Returns the name of the column that is there for one of the file's. */
  String nameOf(Table table, Column column) {
    return rules.givenName(table.name(), column).orElse(column.name());
  }

  /** Returns what a column's cells mean. */
  Reading reading(Table table, Column column) {
    return readings.of(table, column);
  }

  /** Returns how to allow what is refused, as the end of a sentence. */
  static String remedy(String what, Kind kind) {
    return ". Add " + what + " to the target, or let it stay behind (--accept " + kind.word() + ")";
  }
}
