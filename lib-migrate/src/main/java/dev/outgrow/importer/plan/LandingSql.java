package dev.outgrow.importer.plan;

import dev.outgrow.importer.existing.ExistingColumn;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.existing.Landing;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.verify.Verifier;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Writes the statements that bring staged rows into a table that is there, and read them back.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class LandingSql {
  private static final Set<String> NUMBERED = Set.of("bigint", "integer", "smallint", "numeric");

  private final String staging;
  private final String target;

  /** Makes a writer for rows in one schema that go into tables of another. */
  public LandingSql(String staging, String target) {
    this.staging = staging;
    this.target = target;
  }

  /** Returns, for a FROM, a table that is there, each value as it was staged. */
  public String back(LandedTable table) {
    return isDirect(table) ? there(table) : from(table, Landing::back, there(table));
  }

  /** Returns, for a FROM, staged rows as the table that is there has to have them. */
  public String expected(LandedTable table) {
    return isDirect(table)
        ? staged(table)
        : from(table, (landing, column) -> landing.back(landing.into(column)), staged(table));
  }

  /** Returns, for a FROM, those rows of a table that is there whose keys are staged. */
  public String backOfStaged(LandedTable table) {
    return from(
        table,
        (landing, column) -> landing.back("t." + column),
        there(table)
            + " AS t WHERE EXISTS (SELECT FROM "
            + staged(table)
            + " AS c WHERE "
            + AppendSql.alike(table, table.key(), "c")
            + ") OFFSET 0");
  }

  /** Returns the statement that reads a table that is there, each value as it was staged. */
  String readBack(LandedTable table) {
    return Verifier.readBackSqlFrom(table.mapping(), back(table));
  }

  /**
   * Returns the statement that makes a table for staged rows.
   *
   * @param numbered whether it numbers them as they come, so that what the server says of one can
   *     be told of the source's
   */
  public String makeStaged(LandedTable table, boolean numbered) {
    List<String> columns = new ArrayList<>();
    table.mapping().columns().forEach(c -> columns.add(quote(c.target()) + " " + c.type().sql()));
    if (numbered) {
      columns.add(quote(table.number()) + " bigint GENERATED ALWAYS AS IDENTITY (CACHE 1000)");
    }
    return "CREATE TABLE " + staged(table) + " (\n  " + String.join(",\n  ", columns) + "\n)";
  }

  /** Returns the step that fills it. */
  public Step.Load load(LandedTable table) {
    return new Step.Load(table.mapping(), new Ddl(staging).copy(table.mapping()));
  }

  /** Returns the statement that drops it. */
  public String dropStaged(LandedTable table) {
    return "DROP TABLE " + staged(table);
  }

  String insert(LandedTable table) {
    return "INSERT INTO "
        + there(table)
        + " ("
        + columns(table)
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + values(table, Landing::into)
        + " FROM "
        + staged(table);
  }

  /**
   * Gathers statistics of the columns, and none of expressions in indexes: since PostgreSQL 17 the
   * functions in these find nothing of their own schema then, and their failure would be ours.
   */
  String analyze(LandedTable table) {
    return "ANALYZE " + there(table) + " (" + columns(table) + ")";
  }

  /** Lets every sequence go on behind the largest number there is or ever was. */
  List<String> sequences(LandedTable table) {
    List<String> sql = new ArrayList<>();
    for (ExistingColumn column : table.existing().columns()) {
      Identifier sequence = column.sequence();
      if (sequence != null
          && table.position(column.name()) >= 0
          && NUMBERED.contains(column.base())) {
        sql.add(setval(table, column, Dialect.POSTGRESQL.quote(sequence)));
      }
    }
    return sql;
  }

  private String setval(LandedTable table, ExistingColumn column, String sequence) {
    long handedOut = column.name().equals(table.identity()) ? table.mapping().lastId() : 0;
    return "SELECT setval("
        + Dialect.POSTGRESQL.literal(sequence)
        + ", n) FROM (SELECT GREATEST((SELECT CAST(max("
        + quote(column.name())
        + ") AS bigint) FROM "
        + there(table)
        + "), "
        + handedOut
        + ", (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM "
        + sequence
        + ")) AS n) AS last WHERE n > 0";
  }

  String there(LandedTable table) {
    return Dialect.POSTGRESQL.quote(Identifier.of(target, table.existing().name()));
  }

  String staged(LandedTable table) {
    return Dialect.POSTGRESQL.quote(Identifier.of(staging, table.mapping().target()));
  }

  private static boolean isDirect(LandedTable table) {
    return table.landings().stream().allMatch(Landing::direct);
  }

  private static String from(
      LandedTable table, BiFunction<Landing, String, String> value, String rows) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < table.landings().size(); i++) {
      String column = quote(table.mapping().columns().get(i).target());
      named.add(value.apply(table.landings().get(i), column) + " AS " + column);
    }
    return "(SELECT " + String.join(", ", named) + " FROM " + rows + ")";
  }

  private static String columns(LandedTable table) {
    return Dialect.POSTGRESQL.quoteAll(
        table.mapping().columns().stream().map(ColumnMapping::target).toList());
  }

  private static String values(LandedTable table, BiFunction<Landing, String, String> value) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < table.landings().size(); i++) {
      String column = quote(table.mapping().columns().get(i).target());
      values.add(value.apply(table.landings().get(i), column));
    }
    return values.stream().collect(Collectors.joining(", "));
  }

  private static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }
}
