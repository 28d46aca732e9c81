package dev.outgrow.importer.plan;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TriggerMapping;
import dev.outgrow.importer.mapping.ViewMapping;
import dev.outgrow.importer.translate.Translation;
import dev.outgrow.schema.Check;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.UniqueKey;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the statements that make a table, its keys and its indexes in one schema. */
final class Ddl {
  private final String schema;

  Ddl(String schema) {
    this.schema = schema;
  }

  String createTable(TableMapping table) {
    String columns =
        table.columns().stream()
            .map(Ddl::column)
            .collect(Collectors.joining(",\n  ", "\n  ", "\n"));
    return "CREATE TABLE " + name(table.target()) + " (" + columns + ")";
  }

  String dropTable(TableMapping table) {
    return "DROP TABLE " + name(table.target());
  }

  String copy(TableMapping table) {
    List<String> columns =
        table.columns().stream()
            .filter(c -> c.generated() == null)
            .map(ColumnMapping::target)
            .toList();
    return "COPY "
        + name(table.target())
        + " ("
        + quoteAll(columns)
        + ") FROM STDIN (FORMAT binary)";
  }

  /** The primary key, then unique keys, then indexes. */
  List<Step> keysAndIndexes(TableMapping table) {
    List<Step> steps = new ArrayList<>();
    PrimaryKey primaryKey = table.primaryKey();
    if (primaryKey != null) {
      String sql = constraint(table, primaryKey.name(), "PRIMARY KEY", primaryKey.columns());
      steps.add(
          attempt(
              Phase.INDEX,
              "Primary key of " + table.target(),
              sql,
              Kind.PRIMARY_KEY,
              table.source(),
              Touches.changing(table.rows(), table.target())));
    }
    for (UniqueKey key : table.uniqueKeys()) {
      String title = "Unique key " + key.name() + " of " + table.target();
      String name = table.source() + "(" + String.join(", ", key.columns()) + ")";
      String sql = constraint(table, key.name(), "UNIQUE", key.columns());
      Touches touches = Touches.changing(table.rows(), table.target());
      steps.add(attempt(Phase.INDEX, title, sql, Kind.UNIQUE_KEY, name, touches));
    }
    for (Index index : table.indexes()) {
      String title = "Index " + index.name() + " of " + table.target();
      Touches touches = Touches.reading(table.rows(), table.target());
      steps.add(
          attempt(Phase.INDEX, title, index(table, index), Kind.INDEX, index.name(), touches));
    }
    return steps;
  }

  List<Step> foreignKeys(TableMapping table) {
    List<Step> steps = new ArrayList<>();
    for (TableMapping.Reference reference : table.foreignKeys()) {
      ForeignKey key = reference.key();
      String title = "Foreign key " + key.name() + " of " + table.target();
      String name =
          table.source() + "(" + String.join(", ", key.columns()) + ") -> " + key.referencedTable();
      Touches touches = Touches.changing(table.rows(), table.target(), key.referencedTable());
      String sql = foreignKey(table, reference);
      steps.add(attempt(Phase.REFERENCE, title, sql, Kind.FOREIGN_KEY, name, touches));
    }
    return steps;
  }

  /** Checks are added after the rows; those that the rows themselves break stay behind. */
  List<Step> checks(TableMapping table) {
    List<Step> steps = new ArrayList<>();
    for (Check check : table.checks()) {
      String title = "Check " + check.name() + " of " + table.target();
      String sql = addConstraint(table, check.name()) + "CHECK (" + check.expression() + ")";
      String name = table.source() + "." + check.name();
      Touches touches = Touches.changing(table.rows(), table.target());
      steps.add(attempt(Phase.REFERENCE, title, sql, Kind.CHECK, name, touches));
    }
    return steps;
  }

  /** Defaults that have to be computed are set after the rows, which do not need them. */
  List<Step> computedDefaults(TableMapping table) {
    List<Step> steps = new ArrayList<>();
    for (ColumnMapping column : table.columns()) {
      if (column.computedDefault() != null) {
        String title = "Default of " + table.target() + "." + column.target();
        String sql =
            "ALTER TABLE "
                + name(table.target())
                + " ALTER COLUMN "
                + quote(column.target())
                + " SET DEFAULT "
                + column.computedDefault();
        String name = table.source() + "." + column.source();
        Touches touches = Touches.changing(0, table.target());
        steps.add(attempt(Phase.FINISH, title, sql, Kind.DEFAULT, name, touches));
      }
    }
    return steps;
  }

  private static Step attempt(
      Phase phase, String title, String sql, Kind kind, String name, Touches touches) {
    NotCarried otherwise = new NotCarried(kind, name, "PostgreSQL refuses it");
    return new Step.Attempt(phase, title, sql, otherwise, touches);
  }

  /**
   * Lets the database number new rows, from the one after the last on. Comes after everything that
   * has a name: the server picks the sequence's name, one that is free then, and would else take
   * one that a table or index is to have.
   */
  List<String> identities(TableMapping table) {
    List<String> sql = new ArrayList<>();
    for (ColumnMapping column : table.columns()) {
      if (column.identity()) {
        sql.add(
            "ALTER TABLE "
                + name(table.target())
                + " ALTER COLUMN "
                + quote(column.target())
                + " ADD GENERATED BY DEFAULT AS IDENTITY");
        if (table.lastId() > 0) {
          sql.add(nextId(table, column));
        }
      }
    }
    return sql;
  }

  private String nextId(TableMapping table, ColumnMapping column) {
    String sequence =
        "pg_get_serial_sequence("
            + literal(name(table.target()))
            + ", "
            + literal(column.target())
            + ")";
    return "SELECT setval(" + sequence + ", " + table.lastId() + ")";
  }

  /** Views come after the tables, each behind those it reads. */
  Step view(ViewMapping view) {
    String sql =
        "CREATE VIEW "
            + name(view.target())
            + " ("
            + quoteAll(view.columns().stream().map(ColumnMapping::target).toList())
            + ") AS "
            + view.query(schema);
    NotCarried otherwise =
        new NotCarried(Kind.VIEW, view.source(), "PostgreSQL refuses " + view.original());
    return new Step.Attempt(Phase.FINISH, "View " + view.target(), sql, otherwise);
  }

  /** Drops a view, and those that read it. */
  String dropView(ViewMapping view) {
    return "DROP VIEW " + name(view.target()) + " CASCADE";
  }

  /** Triggers come after the rows, which are not to set them off. */
  Step trigger(TriggerMapping trigger) {
    Translation.Trigger what = trigger.translation();
    String columns = what.columns().isEmpty() ? "" : " OF " + quoteAll(what.columns());
    String sql =
        "CREATE FUNCTION "
            + name(trigger.target())
            + "() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS "
            + dollarQuoted(what.body())
            + ";\nCREATE TRIGGER "
            + quote(trigger.target())
            + " "
            + what.timing()
            + " "
            + what.event()
            + columns
            + " ON "
            + name(trigger.table())
            + " FOR EACH ROW"
            + (what.condition() == null ? "" : " WHEN (" + what.condition() + ")")
            + " EXECUTE FUNCTION "
            + name(trigger.target())
            + "()"
            + probes(what);
    NotCarried otherwise =
        new NotCarried(Kind.TRIGGER, trigger.source(), "PostgreSQL refuses " + trigger.original());
    return new Step.Attempt(Phase.FINISH, "Trigger " + trigger.target(), sql, otherwise);
  }

  /** A query that is put together when it is asked would fail only then. */
  private String probes(Translation.Trigger trigger) {
    String here = quote(trigger.here()) + ".";
    return trigger.probes().stream()
        .map(p -> ";\n" + p.replace(here, quote(schema) + "."))
        .collect(Collectors.joining());
  }

  private static String dollarQuoted(String text) {
    String tag = "$body$";
    for (int i = 1; text.contains(tag.substring(0, tag.length() - 1)); i++) {
      tag = "$body" + i + "$";
    }
    return tag + "\n" + text + "\n" + tag;
  }

  String analyze(TableMapping table) {
    return "ANALYZE " + name(table.target());
  }

  private static String column(ColumnMapping column) {
    return quote(column.target())
        + " "
        + column.type().sql()
        + generated(column)
        + (column.defaultSql() == null ? "" : " DEFAULT " + column.defaultSql())
        + (column.notNull() || column.identity() ? " NOT NULL" : "");
  }

  /** What is computed is stored, as PostgreSQL before 18 knows no other way. */
  private static String generated(ColumnMapping column) {
    ColumnMapping.Generated generated = column.generated();
    return generated == null ? "" : " GENERATED ALWAYS AS (" + generated.sql() + ") STORED";
  }

  private String constraint(
      TableMapping table, @Nullable String name, String kind, List<String> columns) {
    return addConstraint(table, name) + kind + " (" + quoteAll(columns) + ")";
  }

  private String foreignKey(TableMapping table, TableMapping.Reference reference) {
    ForeignKey key = reference.key();
    return addConstraint(table, key.name())
        + "FOREIGN KEY ("
        + quoteAll(key.columns())
        + ") REFERENCES "
        + name(key.referencedTable())
        + " ("
        + quoteAll(key.referencedColumns())
        + ") ON DELETE "
        + key.onDelete().sql()
        + " ON UPDATE "
        + key.onUpdate().sql()
        + deferrability(key.deferrability())
        + (reference.orphans() + reference.spelledOtherwise() > 0 ? " NOT VALID" : "");
  }

  private static String deferrability(ForeignKey.Deferrability deferrability) {
    return switch (deferrability) {
      case NOT_DEFERRABLE -> "";
      case INITIALLY_IMMEDIATE -> " DEFERRABLE INITIALLY IMMEDIATE";
      case INITIALLY_DEFERRED -> " DEFERRABLE INITIALLY DEFERRED";
    };
  }

  private String index(TableMapping table, Index index) {
    String parts = index.parts().stream().map(Ddl::part).collect(Collectors.joining(", "));
    return "CREATE "
        + (index.unique() ? "UNIQUE " : "")
        + "INDEX "
        + quote(index.name())
        + " ON "
        + name(table.target())
        + " ("
        + parts
        + ")"
        + (index.predicate() == null ? "" : " WHERE " + index.predicate());
  }

  private static String part(Index.Part part) {
    String column = part.column();
    String sorted = column == null ? "(" + part.expression() + ")" : quote(column);
    return sorted + (part.descending() ? " DESC" : "");
  }

  private String addConstraint(TableMapping table, @Nullable String name) {
    String named = name == null ? "" : "CONSTRAINT " + quote(name) + " ";
    return "ALTER TABLE " + name(table.target()) + " ADD " + named;
  }

  private String name(String object) {
    return Dialect.POSTGRESQL.quote(Identifier.of(schema, object));
  }

  private static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }

  private static String quoteAll(List<String> names) {
    return Dialect.POSTGRESQL.quoteAll(names);
  }

  private static String literal(String text) {
    return Dialect.POSTGRESQL.literal(text);
  }
}
