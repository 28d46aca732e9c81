package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.schema.Check;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.UniqueKey;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes SQLite's schema out of PostgreSQL's, where the application has none of its own. What SQLite
 * has not is named. <em>Not thread-safe.</em>
 */
final class Discovery {
  private static final Dialect SQL = Dialect.SQLITE;
  private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");

  private final Schema schema;
  private final Map<String, Map<String, PgType>> types;
  private final Rules rules;
  private final Inexact inexact;
  private final Findings findings;
  private final Map<String, String> tableNames = new HashMap<>();
  private final Set<String> takenNames = new HashSet<>();
  private final List<String> finish = new ArrayList<>();

  Discovery(
      Schema schema,
      Map<String, Map<String, PgType>> types,
      Rules rules,
      Inexact inexact,
      Findings findings) {
    this.schema = schema;
    this.types = types;
    this.rules = rules;
    this.inexact = inexact;
    this.findings = findings;
  }

  /** Returns what the file is going to hold. */
  FileSchema discover() {
    for (Table table : schema.tables()) {
      tableNames.put(table.name(), free(table.name(), "table"));
    }
    List<String> tables = new ArrayList<>();
    List<ExportTable> carried = new ArrayList<>();
    for (Table table : schema.tables()) {
      ExportTable export = table(table);
      if (export.columns().isEmpty()) {
        findings.lost(Kind.DEFINITION, table.name(), "SQLite has no tables without columns");
        continue;
      }
      carried.add(export);
      tables.add(new TableText(table, export).sql());
    }
    others();
    return new FileSchema(tables, finish, carried, List.of());
  }

  /** SQLite takes A and a for one, tables and indexes have their names in common. */
  private String free(String wanted, String kind) {
    String name = wanted.startsWith("sqlite_") ? "_" + wanted : wanted;
    for (int i = 2; !takenNames.add(Identifier.folded(name)); i++) {
      name = wanted + "_" + i;
    }
    if (!name.equals(wanted)) {
      findings.renamed(kind, wanted, name);
    }
    return name;
  }

  private ExportTable table(Table table) {
    Set<String> taken = new HashSet<>();
    List<ExportColumn> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      String name = column.name();
      for (int i = 2; !taken.add(Identifier.folded(name)); i++) {
        name = column.name() + "_" + i;
      }
      if (!name.equals(column.name())) {
        findings.renamed("column", column.name(), name);
      }
      columns.add(column(table, column, name));
    }
    return new ExportTable(
        tableName(table.name()),
        schema.name(),
        table.name(),
        table.partitionedBy() != null,
        columns,
        table.primaryKey() == null ? List.of() : table.primaryKey().columns());
  }

  private String tableName(String target) {
    return tableNames.getOrDefault(target, target);
  }

  private ExportColumn column(Table table, Column column, String name) {
    Sent sent = Sent.of(type(table, column));
    Reading reading =
        rules
            .reading(table.name(), column)
            .filter(r -> Rules.reads(sent.type(), r))
            .orElse(Reading.STORED);
    ExportColumn export =
        new ExportColumn(
            name,
            column.name(),
            sent.type(),
            sent.sql(column.name()),
            reading,
            sent.type().equals(TargetType.TIMESTAMPTZ) ? Spelling.ZONED : Spelling.USUAL);
    if (inexact.isText(table.name(), column.name())) {
      findings.changed(
          table.name(),
          column.name(),
          column.type(),
          "TEXT",
          "it holds a number of more digits than a number of SQLite has");
      return export.asText();
    }
    if (!sent.why().isEmpty()) {
      findings.changed(
          table.name(), column.name(), column.type(), declared(export, sent), sent.why());
    }
    return export;
  }

  private PgType type(Table table, Column column) {
    return types
        .getOrDefault(table.name(), Map.of())
        .getOrDefault(column.name(), new PgType(column.type(), "b", ""));
  }

  private static String declared(ExportColumn column, Sent sent) {
    return switch (column.reading().form()) {
      case EPOCH_SECONDS, EPOCH_MILLIS, EPOCH_MICROS, EPOCH_NANOS -> "INTEGER";
      case APPLE_SECONDS, APPLE_NANOS, WEBKIT_MICROS -> "INTEGER";
      case JULIAN_DAY -> "REAL";
      case UUID_MIXED -> "BLOB";
      default -> sent.declared();
    };
  }

  private void others() {
    schema
        .views()
        .forEach(v -> findings.lost(Kind.VIEW, v.name(), "its query is PostgreSQL's: " + v.sql()));
    schema
        .triggers()
        .forEach(
            t ->
                findings.lost(
                    Kind.TRIGGER,
                    t.table() + "." + t.name(),
                    "it runs PostgreSQL's code: " + t.sql()));
    schema.sequences().stream()
        .filter(s -> s.owner() == null)
        .forEach(s -> findings.lost(Kind.PROPERTY, s.name(), "SQLite has no sequences"));
    for (NamedObject other : schema.others()) {
      switch (other.kind()) {
        case ENUM, COMPOSITE, RANGE, PARTITION -> {
          // what they are for is in the tables
        }
        case DOMAIN -> {
          if (other.definition().contains("CHECK")) {
            findings.lost(Kind.CHECK, other.name(), "SQLite has no domains: " + other.definition());
          }
        }
        default ->
            findings.lost(
                Kind.PROPERTY,
                other.name(),
                "SQLite has no " + other.kind().title() + ": " + other.definition());
      }
    }
  }

  /** One table's text. */
  private final class TableText {
    private final Table table;
    private final ExportTable export;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final SqliteExpression expressions;

    TableText(Table table, ExportTable export) {
      this.table = table;
      this.export = export;
      export.columns().forEach(c -> names.put(c.target(), c.source()));
      this.expressions = new SqliteExpression(comparable());
    }

    private Map<String, String> comparable() {
      Map<String, String> comparable = new HashMap<>();
      for (ExportColumn column : export.columns()) {
        boolean plain =
            switch (column.type().base()) {
              case SMALLINT, INTEGER, BIGINT, DOUBLE_PRECISION, BOOLEAN, TEXT, NUMERIC -> true;
              default -> false;
            };
        if (plain && !column.sql().contains("(") && !column.sql().contains("::")) {
          comparable.put(column.target(), SQL.quote(column.source()));
        }
      }
      return comparable;
    }

    String sql() {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < export.columns().size(); i++) {
        parts.add(column(table.columns().get(i), export.columns().get(i)));
      }
      key(parts);
      table.uniqueKeys().forEach(k -> unique(k, parts));
      table.checks().forEach(c -> check(c, parts));
      table.foreignKeys().forEach(k -> reference(k, parts));
      table.indexes().forEach(this::index);
      return "CREATE TABLE "
          + SQL.quote(export.source())
          + " (\n  "
          + String.join(",\n  ", parts)
          + "\n)";
    }

    private boolean isRowid(Column column) {
      var key = table.primaryKey();
      return key != null
          && key.columns().equals(List.of(column.name()))
          && WHOLE.contains(type(table, column).base());
    }

    private String column(Column column, ExportColumn carried) {
      PgType type = type(table, column);
      Sent sent = Sent.of(type);
      String quoted = SQL.quote(carried.source());
      if (isRowid(column) && !carried.reading().form().isCount()) {
        return quoted + " INTEGER PRIMARY KEY";
      }
      String declared =
          inexact.isText(table.name(), column.name()) ? "TEXT" : declared(carried, sent);
      String text = quoted + " " + declared + (column.nullable() ? "" : " NOT NULL");
      return text + defaultOf(column, carried) + words(column, type, quoted);
    }

    private String defaultOf(Column column, ExportColumn carried) {
      if (column.generated() != null) {
        findings.lost(
            Kind.GENERATED_COLUMN,
            table.name() + "." + column.name(),
            "its values are carried; the expression is PostgreSQL's: " + column.generated());
        return "";
      }
      String sql = column.defaultValue();
      if (sql == null || sql.contains("nextval(")) {
        return "";
      }
      boolean moment = carried.reading().form() == Reading.Form.STORED && sentPlainMoment(carried);
      return SqliteExpression.constant(sql, moment)
          .filter(value -> !carried.reading().form().isCount())
          .map(value -> " DEFAULT " + value)
          .orElseGet(
              () -> {
                findings.lost(
                    Kind.DEFAULT,
                    table.name() + "." + column.name(),
                    "SQLite has no such default: " + sql);
                return "";
              });
    }

    private boolean sentPlainMoment(ExportColumn carried) {
      return switch (carried.type().base()) {
        case TIMESTAMP, TIMESTAMPTZ -> true;
        default -> false;
      };
    }

    /** The words of an enum. */
    private String words(Column column, PgType type, String quoted) {
      if (!type.kind().equals("e")) {
        return "";
      }
      String words =
          Inexact.words(schema, column.type()).stream()
              .map(SQL::literal)
              .collect(Collectors.joining(", "));
      return words.isEmpty() ? "" : " CHECK (" + quoted + " IN (" + words + "))";
    }

    private void key(List<String> parts) {
      var key = table.primaryKey();
      if (key == null || parts.stream().anyMatch(p -> p.endsWith(" INTEGER PRIMARY KEY"))) {
        return;
      }
      parts.add("PRIMARY KEY (" + list(key.columns()) + ")");
    }

    private void unique(UniqueKey key, List<String> parts) {
      if (!key.nullsDistinct()) {
        findings.lost(
            Kind.UNIQUE_KEY, String.valueOf(key.name()), "in SQLite several nulls are never equal");
        return;
      }
      parts.add(constraint(key.name()) + "UNIQUE (" + list(key.columns()) + ")");
    }

    private void check(Check check, List<String> parts) {
      expressions
          .condition(check.expression())
          .filter(sql -> check.validated())
          .ifPresentOrElse(
              sql -> parts.add(constraint(check.name()) + "CHECK (" + sql + ")"),
              () ->
                  findings.lost(
                      Kind.CHECK,
                      table.name() + "." + check.name(),
                      "it may mean something else in SQLite: " + check.expression()));
    }

    private void reference(ForeignKey key, List<String> parts) {
      if (!tableNames.containsKey(key.referencedTable())) {
        findings.lost(
            Kind.FOREIGN_KEY,
            table.name() + "." + key.name(),
            "it refers to " + key.referencedTable() + ", which is in another schema");
        return;
      }
      String deferrable =
          switch (key.deferrability()) {
            case NOT_DEFERRABLE -> "";
            case INITIALLY_IMMEDIATE -> " DEFERRABLE INITIALLY IMMEDIATE";
            case INITIALLY_DEFERRED -> " DEFERRABLE INITIALLY DEFERRED";
          };
      parts.add(
          constraint(key.name())
              + "FOREIGN KEY ("
              + list(key.columns())
              + ") REFERENCES "
              + SQL.quote(tableName(key.referencedTable()))
              + " ("
              + SQL.quoteAll(key.referencedColumns())
              + ")"
              + action(" ON DELETE ", key.onDelete())
              + action(" ON UPDATE ", key.onUpdate())
              + deferrable);
    }

    private String action(String when, ForeignKey.Action action) {
      return action == ForeignKey.Action.NO_ACTION ? "" : when + action.sql();
    }

    private void index(Index index) {
      String predicate = index.predicate();
      boolean plain =
          index.method().equals("btree")
              && index.included().isEmpty()
              && (index.nullsDistinct() || !index.unique())
              && index.parts().stream()
                  .allMatch(
                      p ->
                          p.column() != null
                              && p.operatorClass() == null
                              && names.containsKey(p.column()));
      String where = predicate == null ? "" : expressions.condition(predicate).orElse(null);
      if (!plain || where == null) {
        findings.lost(
            Kind.INDEX,
            index.name(),
            "it is not on plain columns alone, or of a kind that SQLite has not");
        return;
      }
      finish.add(
          "CREATE "
              + (index.unique() ? "UNIQUE " : "")
              + "INDEX "
              + SQL.quote(free(index.name(), "index"))
              + " ON "
              + SQL.quote(export.source())
              + " ("
              + index.parts().stream()
                  .map(
                      p ->
                          SQL.quote(source(String.valueOf(p.column())))
                              + (p.descending() ? " DESC" : ""))
                  .collect(Collectors.joining(", "))
              + ")"
              + (where.isEmpty() ? "" : " WHERE " + where));
    }

    private String source(String column) {
      return names.getOrDefault(column, column);
    }

    private String list(List<String> columns) {
      return SQL.quoteAll(columns.stream().map(this::source).toList());
    }

    private String constraint(@Nullable String name) {
      return name == null ? "" : "CONSTRAINT " + SQL.quote(name) + " ";
    }
  }
}
