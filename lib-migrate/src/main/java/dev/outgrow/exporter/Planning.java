package dev.outgrow.exporter;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.mapping.TargetType.Base;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Plans an export, and writes nothing to either side. <em>Not thread-safe.</em> */
final class Planning {
  private final Database database;
  private final Path file;
  private final ExportOptions options;
  private final Findings findings = new Findings();

  Planning(Database database, Path file, ExportOptions options) {
    this.database = database;
    this.file = file;
    this.options = options;
  }

  ExportPlan plan() {
    try (Halt halt = new Halt(options)) {
      long free = DraftFile.room(file, options.replace());
      try (PgSnapshot snapshot = PgSnapshot.take(database, options.schema(), halt)) {
        return plan(snapshot, free);
      } catch (SQLException e) {
        throw halt.told(SqlFailures.translate(e, "Planning the export into " + file));
      }
    } catch (IOException e) {
      throw DraftFile.unwritable(file, e);
    }
  }

  private ExportPlan plan(PgSnapshot snapshot, long free) throws SQLException, IOException {
    WantedSchema schema = new WantedSchema(options, snapshot, findings);
    Path folder = Files.createTempDirectory("outgrow-export-plan");
    try {
      FileSchema wanted = schema.find(() -> folder.resolve("schema.db"));
      return plan(snapshot, wanted, schema.bytes(), free);
    } finally {
      delete(folder);
    }
  }

  private ExportPlan plan(PgSnapshot snapshot, FileSchema wanted, long bytes, long free)
      throws SQLException {
    List<ExportPlan.Table> tables = new ArrayList<>();
    for (ExportTable table : wanted.carried()) {
      tables.add(table(snapshot, table));
    }
    List<String> statements = new ArrayList<>(wanted.tables());
    statements.addAll(wanted.finish());
    statements.addAll(wanted.settings());
    statements.removeIf(s -> s.startsWith("ATTACH ") || s.equals("DETACH given"));
    return new ExportPlan(
        database.describe() + ", schema " + options.schema(),
        file.toString(),
        tables,
        statements,
        findings.notCarried(),
        findings.renamed(),
        findings.changedTypes(),
        findings.leftOut(),
        bytes,
        free);
  }

  private static ExportPlan.Table table(PgSnapshot snapshot, ExportTable table)
      throws SQLException {
    long rows =
        snapshot.number(
            "SELECT sum(greatest(reltuples, 0))::bigint FROM pg_catalog.pg_class WHERE relkind = 'r'"
                + " AND "
                + table.parts("oid"));
    return new ExportPlan.Table(
        table.source(),
        Dialect.POSTGRESQL.quote(Identifier.of(table.schema(), table.target())),
        rows,
        table.columns().stream().map(Planning::column).toList());
  }

  private static ExportPlan.Column column(ExportColumn column) {
    return new ExportPlan.Column(
        column.source(), column.target(), column.type().sql(), becomes(column));
  }

  private static String becomes(ExportColumn column) {
    if (column.reading().form() != Reading.Form.STORED) {
      return column.reading().form().word();
    }
    Spelling spelling = column.spelling();
    Base base = column.type().base();
    return switch (base) {
      case SMALLINT, INTEGER, BIGINT -> "integer";
      case REAL, DOUBLE_PRECISION -> "real";
      case NUMERIC -> "integer or real";
      case BOOLEAN ->
          spelling.yes().isEmpty() ? "0 and 1" : spelling.no() + " and " + spelling.yes();
      case BYTEA -> "blob";
      case UUID -> spelling.bytes() ? "blob of 16 bytes" : "text of 36 characters";
      case DATE -> "text such as 2024-02-29";
      case TIME -> "text such as 10:00:00";
      case TIMESTAMP, TIMESTAMPTZ ->
          "text such as 2024-02-29" + spelling.separator() + "10:00:00" + spelling.zone();
      case TEXT, VARCHAR, JSON, JSONB -> "text";
    };
  }

  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path each : files) {
        Files.delete(each);
      }
    }
    Files.delete(folder);
  }
}
