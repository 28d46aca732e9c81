package dev.outgrow.importer.plan;

import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.ExistingColumn;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes how each staged row of a table is marked with what becomes of it, by the table's key.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class MarkSql {
  /** The mark of a row that is inserted. */
  public static final String INSERTED = "i";

  /** The mark of a row that is there with other values, and gets the file's. */
  public static final String UPDATED = "u";

  /** The mark of a row that is there with the same values. */
  public static final String EQUAL = "e";

  /** The mark of a row that is there with other values, and keeps them. */
  public static final String KEPT = "k";

  /** Types of which two equal values are the same. */
  private static final Set<String> EXACT =
      Set.of(
          "bigint",
          "integer",
          "smallint",
          "boolean",
          "uuid",
          "bytea",
          "date",
          "time without time zone",
          "timestamp without time zone",
          "timestamp with time zone");

  private final ImportNames names;
  private final ExistingMapping mapping;
  private final LandingSql landing;

  /** Makes a writer for rows of this mapping. */
  public MarkSql(ImportNames names, ExistingMapping mapping) {
    this.names = names;
    this.mapping = mapping;
    this.landing = new LandingSql(names.staging(), names.target());
  }

  /** Returns what marks every staged row of a table. */
  public List<String> mark(LandedTable table) {
    return List.of(make(table), fill(table), "ANALYZE " + marks(table));
  }

  /** Its columns are the key's own, so that they compare as the key does. */
  private String make(LandedTable table) {
    List<String> there = new ArrayList<>();
    table.key().forEach(c -> there.add("t." + quote(c) + " AS k" + there.size()));
    return "CREATE TABLE "
        + marks(table)
        + " AS SELECT "
        + String.join(", ", there)
        + ", CAST(NULL AS bigint) AS number, CAST(NULL AS \"char\") AS fate FROM "
        + landing.there(table)
        + " AS t WITH NO DATA";
  }

  private String fill(LandedTable table) {
    String changed = mapping.append() == Append.UPSERT ? UPDATED : KEPT;
    return "INSERT INTO "
        + marks(table)
        + " SELECT "
        + table.key().stream()
            .map(c -> AppendSql.landed(table, "c", c))
            .collect(Collectors.joining(", "))
        + ", c."
        + quote(table.number())
        + ", CASE WHEN t."
        + quote(table.key().get(0))
        + " IS NULL THEN "
        + literal(INSERTED)
        + " WHEN "
        + same(table)
        + " THEN "
        + literal(EQUAL)
        + " ELSE "
        + literal(changed)
        + " END FROM "
        + landing.staged(table)
        + " AS c LEFT JOIN "
        + landing.there(table)
        + " AS t ON "
        + AppendSql.alike(table, table.key(), "c");
  }

  /** Returns the query for how many rows have each mark. */
  public String count(LandedTable table) {
    return "SELECT fate, count(*) FROM " + marks(table) + " GROUP BY fate";
  }

  /** Returns the query for how many of the marked rows are there. */
  public String countThere(LandedTable table) {
    return "SELECT count(*) FROM " + marked(table, "true");
  }

  /**
   * Returns, for a FROM, the rows that are there {@code t} with the marks {@code m} of their keys.
   */
  String marked(LandedTable table, String condition) {
    return landing.there(table)
        + " AS t JOIN "
        + marks(table)
        + " AS m ON "
        + keyed(table, "m")
        + " WHERE "
        + condition;
  }

  /** Returns the condition that a row {@code t} has a mark. */
  static String keyed(LandedTable table, String marks) {
    return table.key().stream()
        .map(c -> "t." + quote(c) + " = " + marks + ".k" + table.key().indexOf(c))
        .collect(Collectors.joining(" AND "));
  }

  /**
   * A value that is only equal, and not the same, is another: {@code 1.0}, or a word in capitals.
   */
  private static String same(LandedTable table) {
    return table.mapping().columns().stream()
        .map(ColumnMapping::target)
        .map(c -> same(table, c))
        .collect(Collectors.joining(" AND "));
  }

  private static String same(LandedTable table, String column) {
    ExistingColumn type =
        table.existing().columns().stream()
            .filter(c -> c.name().equals(column))
            .findFirst()
            .orElseThrow();
    String there = "t." + quote(column);
    String staged = AppendSql.landed(table, "c", column);
    return type.domain() || !EXACT.contains(type.base())
        ? asText(there) + " IS NOT DISTINCT FROM " + asText(staged)
        : there + " IS NOT DISTINCT FROM " + staged;
  }

  private static String asText(String value) {
    return "CAST(" + value + " AS text) COLLATE \"C\"";
  }

  /** Returns the table of marks. */
  String marks(LandedTable table) {
    String name = "outgrow_marks_" + mapping.tables().indexOf(table);
    while (isStaged(name)) {
      name = "_" + name;
    }
    return Dialect.POSTGRESQL.quote(Identifier.of(names.staging(), name));
  }

  private boolean isStaged(String name) {
    return mapping.tables().stream().anyMatch(t -> t.mapping().target().equals(name));
  }

  private static String literal(String text) {
    return Dialect.POSTGRESQL.literal(text);
  }

  private static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }
}
