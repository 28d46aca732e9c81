package dev.outgrow.exporter;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType.Base;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import dev.outgrow.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the schema of a SQLite file that is there, and finds for each of its columns the one in
 * PostgreSQL that an import of the file by the same rules would have made. <em>Not
 * thread-safe.</em>
 */
final class GivenSchema {
  private static final Dialect SQL = Dialect.SQLITE;

  private final Path file;
  private final Set<String> histories;
  private final Schema schema;
  private final Map<String, Map<String, PgType>> types;
  private final Rules rules;
  private final Findings findings;
  private final List<String> unreadable = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param file the file
   * @param histories names of tables that tell which migrations it has; their rows are the file's
   */
  GivenSchema(
      Path file,
      Set<String> histories,
      Schema schema,
      Map<String, Map<String, PgType>> types,
      Rules rules,
      Findings findings) {
    this.file = file;
    this.histories = histories;
    this.schema = schema;
    this.types = types;
    this.rules = rules;
    this.findings = findings;
  }

  /**
   * Returns what the file is going to hold.
   *
   * @param accepted what may stay behind
   */
  FileSchema match(Set<Kind> accepted) throws SQLException {
    List<TableMapping> mappings = SqliteImport.from(file).rules(rules).inspect().mapping().tables();
    List<ExportTable> carried = new ArrayList<>();
    try (Connection connection = SqliteDraft.reading(file)) {
      Spellings spellings = new Spellings(connection);
      Set<String> matched = new HashSet<>();
      for (TableMapping mapping : mappings) {
        Optional<Table> table = schema.table(mapping.target());
        if (histories.contains(mapping.source())) {
          matched.add(mapping.target());
          table.ifPresent(
              t -> findings.leftOut("table", t.name(), "the history of PostgreSQL's migrations"));
        } else if (table.isPresent()) {
          matched.add(mapping.target());
          carried.add(table(mapping, table.get(), spellings));
        } else {
          findings.leftOut("table", mapping.source(), "PostgreSQL has none, so it stays empty");
        }
      }
      missing(matched);
      refuse(accepted);
      return new FileSchema(tables(connection), finish(connection), carried, settings(connection));
    }
  }

  private ExportTable table(TableMapping mapping, Table table, Spellings spellings)
      throws SQLException {
    List<ExportColumn> columns = new ArrayList<>();
    Set<String> matched = new HashSet<>();
    for (ColumnMapping column : mapping.columns()) {
      Optional<Column> live = table.column(column.target());
      live.ifPresent(c -> matched.add(c.name()));
      if (column.generated() != null) {
        continue; // SQLite computes it
      }
      if (live.isPresent()) {
        columns.add(column(mapping, column, live.get(), spellings));
      } else {
        findings.leftOut(
            "column",
            mapping.source() + "." + column.source(),
            "PostgreSQL has none, so each row has its default");
      }
    }
    for (Column column : table.columns()) {
      if (!matched.contains(column.name())) {
        findings.lost(
            Kind.MISSING_COLUMN,
            table.name() + "." + column.name(),
            "the SQLite schema has no such column");
      }
    }
    List<String> carried = columns.stream().map(ExportColumn::target).toList();
    List<String> key = table.primaryKey() == null ? List.of() : table.primaryKey().columns();
    return new ExportTable(
        mapping.source(),
        schema.name(),
        table.name(),
        table.partitionedBy() != null,
        columns,
        carried.containsAll(key) ? key : List.of());
  }

  private ExportColumn column(
      TableMapping table, ColumnMapping column, Column live, Spellings spellings)
      throws SQLException {
    PgType type =
        types
            .getOrDefault(table.target(), Map.of())
            .getOrDefault(live.name(), new PgType(live.type(), "b", ""));
    Sent sent = Sent.of(type);
    Reading reading =
        Rules.reads(sent.type(), column.reading()) ? column.reading() : Reading.STORED;
    requireText(table, column, sent.type().base(), reading);
    Spelling spelling = spellings.of(table.source(), column.source(), sent.type().base());
    if (!sent.why().isEmpty()) {
      findings.changed(table.source(), column.source(), live.type(), "text", sent.why());
    }
    if (sent.type().base() == Base.BYTEA
        && spellings.mixesTextIntoBytes(table.source(), column.source())) {
      findings.changed(
          table.source(),
          column.source(),
          live.type(),
          "BLOB",
          "its texts became bytes on their way in");
    }
    if (spelling == null && reading.form() == Reading.Form.STORED) {
      say(table, column, sent.type().base(), live);
    }
    ExportColumn carried =
        new ExportColumn(
            column.source(),
            live.name(),
            sent.type(),
            sent.sql(live.name()),
            reading,
            spelling == null ? usual(sent.type().base()) : spelling);
    boolean digits = sent.type().base() == Base.NUMERIC && column.type().base() == Base.TEXT;
    return digits ? carried.asText() : carried;
  }

  private static Spelling usual(Base base) {
    return base == Base.TIMESTAMPTZ ? Spelling.ZONED : Spelling.USUAL;
  }

  private void say(TableMapping table, ColumnMapping column, Base base, Column live) {
    String written =
        switch (base) {
          case TIMESTAMP -> "2024-02-29 10:00:00";
          case TIMESTAMPTZ -> "2024-02-29T10:00:00Z";
          default -> "";
        };
    if (!written.isEmpty()) {
      findings.changed(
          table.source(),
          column.source(),
          live.type(),
          "text such as " + written,
          "nothing says how the file spelled its moments");
    }
  }

  /** Nothing but a rule says what numbers in a column for numbers count. */
  private void requireText(TableMapping table, ColumnMapping column, Base base, Reading reading) {
    boolean moment =
        switch (base) {
          case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
          default -> false;
        };
    if (moment && reading.form() == Reading.Form.STORED) {
      switch (column.type().base()) {
        case BIGINT, DOUBLE_PRECISION, SMALLINT, INTEGER, REAL ->
            unreadable.add(table.source() + "." + column.source());
        default -> {
          // text, or anything that takes it
        }
      }
    }
  }

  private void missing(Set<String> matched) {
    for (Table table : schema.tables()) {
      if (histories.contains(table.name())) {
        continue;
      }
      if (!matched.contains(table.name())) {
        findings.lost(Kind.MISSING_TABLE, table.name(), "the SQLite schema has no such table");
      }
    }
  }

  private void refuse(Set<Kind> accepted) {
    if (!unreadable.isEmpty()) {
      throw new ConfigurationException(
          "rules",
          "",
          "a rule that says what the numbers of "
              + String.join(", ", unreadable)
              + " count (read = epoch-seconds and the like), since they are moments in PostgreSQL");
    }
    List<String> names =
        findings.notCarried().stream()
            .filter(n -> n.kind() == Kind.MISSING_TABLE || n.kind() == Kind.MISSING_COLUMN)
            .filter(n -> !accepted.contains(n.kind()))
            .map(n -> n.kind().word() + " " + n.name())
            .toList();
    if (!names.isEmpty()) {
      throw new TargetException(
          schema.name(),
          names,
          "The SQLite schema has no place for what PostgreSQL holds: "
              + String.join(", ", names)
              + ".",
          "Add it to the SQLite schema, or let it stay behind (--accept missing-table,missing-column).",
          null);
    }
  }

  private List<String> tables(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    for (List<String> row :
        SqliteDraft.query(
            connection,
            "SELECT m.sql FROM sqlite_master m JOIN pragma_table_list l ON l.name = m.name AND"
                + " l.schema = 'main' AND l.type IN ('table', 'virtual') WHERE m.type = 'table' AND"
                + " m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.rowid")) {
      statements.add(row.get(0));
    }
    if (!histories.isEmpty()) {
      statements.add("ATTACH " + SQL.literal(file.toString()) + " AS given");
      for (String history : histories) {
        String name = SQL.quote(history);
        statements.add("INSERT INTO main." + name + " SELECT * FROM given." + name);
      }
      statements.add("DETACH given");
    }
    return statements;
  }

  private static List<String> finish(Connection connection) throws SQLException {
    return SqliteDraft.query(
            connection,
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'view',"
                + " 'trigger') ORDER BY CASE type WHEN 'index' THEN 1 WHEN 'view' THEN 2 ELSE 3 END,"
                + " rowid")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  private static List<String> settings(Connection connection) throws SQLException {
    List<String> settings = new ArrayList<>();
    for (String name : List.of("user_version", "application_id")) {
      String value = SqliteDraft.query(connection, "PRAGMA " + name).get(0).get(0);
      settings.add("PRAGMA " + name + " = " + value);
    }
    return settings;
  }
}
