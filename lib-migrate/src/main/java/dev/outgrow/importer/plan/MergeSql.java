package dev.outgrow.importer.plan;

import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.ExistingColumn;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.existing.Landing;
import dev.outgrow.importer.verify.Bystanders;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes how the staged rows of one table, which are {@linkplain MarkSql marked}, are added to
 * those that are there. Rows that change are taken out, with all their columns, and put back with
 * the file's values, so that two may change places under a unique key; rows that are equal are not
 * touched.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class MergeSql {
  private final ImportNames names;
  private final ExistingMapping mapping;
  private final LandingSql landing;
  private final MarkSql marks;

  /** Makes a writer for rows of this mapping. */
  public MergeSql(ImportNames names, ExistingMapping mapping) {
    this.names = names;
    this.mapping = mapping;
    this.landing = new LandingSql(names.staging(), names.target());
    this.marks = new MarkSql(names, mapping);
  }

  /**
   * Returns the query for what the rows condense to that the import must leave alone: rows whose
   * key the file has not, or that stay as they are, and of rows that change the other columns.
   *
   * @param merged whether rows were inserted meanwhile, which then do not count
   */
  public String bystanders(LandedTable table, boolean merged) {
    List<ExistingColumn> rest =
        table.existing().columns().stream()
            .filter(c -> table.position(c.name()) < 0 && !isGenerated(table, c))
            .toList();
    List<String> place = place(table);
    List<String> key = new ArrayList<>(place);
    IntStream.range(0, table.key().size()).forEach(i -> key.add("m.k" + i));
    return Bystanders.sql(
        "CASE WHEN m.fate = "
            + literal(MarkSql.UPDATED)
            + " THEN "
            + Bystanders.text(key, rest, "t")
            + " ELSE "
            + Bystanders.text(place, table.existing().columns(), "t")
            + " END",
        landing.there(table)
            + " AS t LEFT JOIN "
            + marks.marks(table)
            + " AS m ON "
            + MarkSql.keyed(table, "m")
            + (merged ? " WHERE m.fate IS DISTINCT FROM " + literal(MarkSql.INSERTED) : ""));
  }

  /** Rows of a table that inherits from this one stay in theirs; between partitions they move. */
  private static List<String> place(LandedTable table) {
    return table.existing().table().partitionedBy() == null ? List.of("t.tableoid") : List.of();
  }

  /** Returns what makes the schema that keeps the former versions of rows that change. */
  public String makeFormer() {
    return "CREATE SCHEMA " + quote(names.former());
  }

  /** Returns what changes the rows of a table that are there with other values. */
  public List<String> update(LandedTable table) {
    List<String> rest =
        table.existing().columns().stream()
            .filter(c -> table.position(c.name()) < 0 && !isGenerated(table, c))
            .map(ExistingColumn::name)
            .toList();
    List<String> values = new ArrayList<>(values(table));
    rest.forEach(c -> values.add("f." + quote(c)));
    return List.of(
        "CREATE TABLE "
            + former(table)
            + " AS SELECT t.* FROM "
            + marks.marked(table, "m.fate = " + literal(MarkSql.UPDATED)),
        "DELETE FROM "
            + landing.there(table)
            + " AS t USING "
            + marks.marks(table)
            + " AS m WHERE "
            + MarkSql.keyed(table, "m")
            + " AND m.fate = "
            + literal(MarkSql.UPDATED),
        insert(table, Stream.concat(carried(table).stream(), rest.stream()).toList(), values)
            + " JOIN "
            + former(table)
            + " AS f ON "
            + table.key().stream()
                .map(c -> "f." + quote(c) + " = m.k" + table.key().indexOf(c))
                .collect(Collectors.joining(" AND "))
            + " WHERE m.fate = "
            + literal(MarkSql.UPDATED));
  }

  /** Returns what brings in the rows of a table that are not there. */
  public String insert(LandedTable table) {
    return insert(table, carried(table), values(table))
        + " WHERE m.fate = "
        + literal(MarkSql.INSERTED);
  }

  /** Returns, for a FROM, the rows of a table that the file's are now, each value as staged. */
  public String back(LandedTable table) {
    return "(SELECT "
        + named(table, (l, column) -> l.back("t." + column))
        + " FROM "
        + marks.marked(table, "m.fate <> " + literal(MarkSql.KEPT))
        + " OFFSET 0)";
  }

  /** Returns, for a FROM, staged rows that are not left out, as the table has to have them. */
  public String expected(LandedTable table) {
    return "(SELECT "
        + named(table, (l, column) -> l.back(l.into("c." + column)))
        + " FROM "
        + landing.staged(table)
        + " AS c JOIN "
        + marks.marks(table)
        + " AS m ON m.number = c."
        + quote(table.number())
        + " WHERE m.fate <> "
        + literal(MarkSql.KEPT)
        + " OFFSET 0)";
  }

  /** Returns all that is done to a table, to be read. */
  List<String> all(LandedTable table) {
    return Stream.of(
            marks.mark(table),
            List.of(bystanders(table, false)),
            mapping.append() == Append.UPSERT ? update(table) : List.<String>of(),
            List.of(insert(table)))
        .flatMap(List::stream)
        .toList();
  }

  private String insert(LandedTable table, List<String> columns, List<String> values) {
    return "INSERT INTO "
        + landing.there(table)
        + " ("
        + Dialect.POSTGRESQL.quoteAll(columns)
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + String.join(", ", values)
        + " FROM "
        + landing.staged(table)
        + " AS c JOIN "
        + marks.marks(table)
        + " AS m ON m.number = c."
        + quote(table.number());
  }

  private static boolean isGenerated(LandedTable table, ExistingColumn column) {
    return table.existing().table().column(column.name()).map(Column::generated).isPresent();
  }

  private static List<String> carried(LandedTable table) {
    return table.mapping().columns().stream().map(c -> c.target()).toList();
  }

  private static List<String> values(LandedTable table) {
    return carried(table).stream().map(c -> AppendSql.landed(table, "c", c)).toList();
  }

  private static String named(LandedTable table, Value value) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < table.landings().size(); i++) {
      String column = quote(table.mapping().columns().get(i).target());
      named.add(value.of(table.landings().get(i), column) + " AS " + column);
    }
    return String.join(", ", named);
  }

  /** Writes one column's value. */
  private interface Value {
    String of(Landing landing, String column);
  }

  private String former(LandedTable table) {
    return Dialect.POSTGRESQL.quote(Identifier.of(names.former(), table.existing().name()));
  }

  private static String literal(String text) {
    return Dialect.POSTGRESQL.literal(text);
  }

  private static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }
}
