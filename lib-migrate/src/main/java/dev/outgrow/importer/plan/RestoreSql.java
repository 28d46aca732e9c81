package dev.outgrow.importer.plan;

import dev.outgrow.importer.existing.ExistingKey;
import dev.outgrow.importer.existing.ExistingSchema;
import dev.outgrow.importer.existing.ExistingTable;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what brings back the rows that tables had before others were brought into them. The rows
 * that they hold by then are kept aside.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class RestoreSql {
  private static final String NOT_VALID = " NOT VALID";

  private final ImportNames names;
  private final ExistingSchema schema;
  private final List<ExistingTable> tables;
  private final Set<String> filled;

  /**
   * Makes a writer.
   *
   * @param names the schemas
   * @param schema the target as it is now
   * @param tables those of its tables that rows were brought into
   * @param filled the names of those that held rows before, which are kept
   */
  public RestoreSql(
      ImportNames names, ExistingSchema schema, List<ExistingTable> tables, Set<String> filled) {
    this.names = names;
    this.schema = schema;
    this.tables = List.copyOf(tables);
    this.filled = Set.copyOf(filled);
  }

  /** Returns what keeps everyone else away from the tables, and those that refer to them. */
  public String lock() {
    return "LOCK TABLE "
        + Stream.concat(
                tables.stream().map(this::there),
                keys().stream().map(k -> Dialect.POSTGRESQL.quote(k.table())))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "))
        + " IN ACCESS EXCLUSIVE MODE";
  }

  /**
   * Returns what changes the tables.
   *
   * @param loosened the foreign keys that were valid before: schema, table and name of each
   */
  public List<String> change(List<String> loosened) {
    List<String> sql = new ArrayList<>();
    sql.add(names.setSearchPath());
    sql.add("CREATE SCHEMA " + quote(names.undone()));
    for (ExistingTable table : tables) {
      sql.add("CREATE TABLE " + in(names.undone(), table) + " AS TABLE " + there(table));
    }
    triggers(sql, false);
    keys().forEach(k -> sql.add(alter(k) + " DROP CONSTRAINT " + quote(k.name())));
    sql.add("TRUNCATE " + tables.stream().map(this::there).collect(Collectors.joining(", ")));
    tables.stream().filter(t -> filled.contains(t.name())).forEach(t -> sql.add(insert(t)));
    sql.add("SET CONSTRAINTS ALL IMMEDIATE");
    keys().forEach(k -> restore(k, loosened.contains(id(k)), sql));
    triggers(sql, true);
    return sql;
  }

  /**
   * Returns a query that is true if a table holds exactly the rows it held before: as many, and
   * with equal sums of their hashes.
   */
  public String proof(ExistingTable table) {
    if (!filled.contains(table.name())) {
      return "SELECT NOT EXISTS (SELECT FROM " + there(table) + ")";
    }
    return "SELECT "
        + condensed(in(names.before(), table), table)
        + " IS NOT DISTINCT FROM "
        + condensed(there(table), table);
  }

  private static String condensed(String rows, ExistingTable table) {
    String columns =
        table.table().columns().stream()
            .map(c -> "r." + quote(c.name()))
            .collect(Collectors.joining(", "));
    return "(SELECT ROW(count(*), sum(pg_catalog.hashtextextended(CAST(ROW("
        + columns
        + ") AS text), 1)), sum(pg_catalog.hashtextextended(CAST(ROW("
        + columns
        + ") AS text), 2))) FROM "
        + rows
        + " AS r)";
  }

  /** Returns what drops the rows that are where they were. */
  public List<String> finish() {
    if (filled.isEmpty()) {
      return List.of();
    }
    List<String> sql = new ArrayList<>();
    tables.stream()
        .filter(t -> filled.contains(t.name()))
        .forEach(t -> sql.add("DROP TABLE " + in(names.before(), t)));
    sql.add("DROP SCHEMA " + quote(names.before()));
    return sql;
  }

  /** Returns what a foreign key is known by in the journal. */
  public static String id(ExistingKey key) {
    return key.table().schema() + "\n" + key.table().name() + "\n" + key.name();
  }

  private List<ExistingKey> keys() {
    Set<Identifier> ours =
        tables.stream().map(t -> schema.in(t.name())).collect(Collectors.toSet());
    return schema.keys().stream()
        .filter(k -> ours.contains(k.table()) || ours.contains(k.referenced()))
        .toList();
  }

  private String insert(ExistingTable table) {
    String columns =
        table.table().columns().stream()
            .filter(c -> c.generated() == null)
            .map(Column::name)
            .map(Dialect.POSTGRESQL::quote)
            .collect(Collectors.joining(", "));
    return "INSERT INTO "
        + there(table)
        + " ("
        + columns
        + ") OVERRIDING SYSTEM VALUE SELECT "
        + columns
        + " FROM "
        + in(names.before(), table);
  }

  private void triggers(List<String> sql, boolean on) {
    for (ExistingTable table : tables) {
      for (ExistingTable.Trigger trigger : table.triggers()) {
        String words = on ? trigger.enable() : "DISABLE TRIGGER";
        sql.add("ALTER TABLE " + there(table) + " " + words + " " + quote(trigger.name()));
      }
    }
  }

  private static void restore(ExistingKey key, boolean valid, List<String> sql) {
    String definition = key.definition();
    if (valid && definition.endsWith(NOT_VALID)) {
      definition = definition.substring(0, definition.length() - NOT_VALID.length());
    }
    sql.add(alter(key) + " ADD CONSTRAINT " + quote(key.name()) + " " + definition);
    String comment = key.comment();
    if (comment != null) {
      sql.add(
          "COMMENT ON CONSTRAINT "
              + quote(key.name())
              + " ON "
              + Dialect.POSTGRESQL.quote(key.table())
              + " IS "
              + Dialect.POSTGRESQL.literal(comment));
    }
  }

  private static String alter(ExistingKey key) {
    return "ALTER TABLE " + Dialect.POSTGRESQL.quote(key.table());
  }

  private String there(ExistingTable table) {
    return in(names.target(), table);
  }

  private static String in(String schema, ExistingTable table) {
    return Dialect.POSTGRESQL.quote(Identifier.of(schema, table.name()));
  }

  private static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }
}
