package dev.outgrow.importer.postgres;

import dev.outgrow.database.catalog.PostgresCatalog;
import dev.outgrow.importer.existing.ExistingColumn;
import dev.outgrow.importer.existing.ExistingKey;
import dev.outgrow.importer.existing.ExistingSchema;
import dev.outgrow.importer.existing.ExistingTable;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.View;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables that are there already, with all that is needed to fill them and to leave them
 * as they were. The session's {@code search_path} decides how the server prints types.
 */
final class ExistingTables {
  private final Connection connection;
  private final String schema;

  private ExistingTables(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  static ExistingSchema read(Connection connection, String schema) throws SQLException {
    return new ExistingTables(connection, schema).read();
  }

  private ExistingSchema read() throws SQLException {
    Schema catalog = PostgresCatalog.read(connection, schema);
    Map<String, List<ExistingColumn>> columns = new HashMap<>();
    each(
        "existing-columns.sql",
        1,
        row ->
            columns
                .computeIfAbsent(row.getString("table_name"), t -> new ArrayList<>())
                .add(column(row)));
    Map<String, List<ExistingTable.Trigger>> triggers = new HashMap<>();
    each(
        "existing-triggers.sql",
        1,
        row ->
            triggers
                .computeIfAbsent(row.getString("table_name"), t -> new ArrayList<>())
                .add(trigger(row)));
    List<ExistingTable> tables = new ArrayList<>();
    for (Table table : catalog.tables()) {
      tables.add(
          new ExistingTable(
              table,
              columns.getOrDefault(table.name(), List.of()),
              triggers.getOrDefault(table.name(), List.of()),
              rows(table)));
    }
    List<ExistingKey> keys = new ArrayList<>();
    each("existing-keys.sql", 2, row -> keys.add(key(row)));
    return new ExistingSchema(
        schema, tables, keys, catalog.views().stream().map(View::name).toList());
  }

  private static ExistingColumn column(ResultSet row) throws SQLException {
    String base = row.getString("base");
    String sequence = row.getString("sequence_name");
    return new ExistingColumn(
        row.getString("column_name"),
        row.getString("type"),
        base,
        row.getInt("modifier"),
        row.getString("category").charAt(0),
        row.getBoolean("domain"),
        sequence == null ? null : Identifier.of(row.getString("sequence_schema"), sequence));
  }

  private static ExistingTable.Trigger trigger(ResultSet row) throws SQLException {
    String enable =
        switch (row.getString("state")) {
          case "A" -> "ENABLE ALWAYS TRIGGER";
          case "R" -> "ENABLE REPLICA TRIGGER";
          default -> "ENABLE TRIGGER";
        };
    return new ExistingTable.Trigger(row.getString("name"), enable);
  }

  private static ExistingKey key(ResultSet row) throws SQLException {
    return new ExistingKey(
        Identifier.of(row.getString("schema"), row.getString("table_name")),
        row.getString("name"),
        row.getString("definition"),
        row.getString("comment"),
        Identifier.of(row.getString("referenced_schema"), row.getString("referenced_table")),
        names(row, "columns"),
        names(row, "referenced_columns"));
  }

  private static List<String> names(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  /** Counts as far as a person wants to know; what the role may not read, nobody counts. */
  private long rows(Table table) throws SQLException {
    String name = Dialect.POSTGRESQL.quote(Identifier.of(schema, table.name()));
    String mayRead =
        "SELECT has_table_privilege(" + Dialect.POSTGRESQL.literal(name) + ", 'SELECT')";
    if (!"t".equals(single(mayRead))) {
      return 0;
    }
    String counted =
        single(
            "SELECT count(*) FROM (SELECT FROM "
                + name
                + " LIMIT "
                + (ExistingTable.MOST_COUNTED + 1)
                + ") AS counted");
    return Long.parseLong(Objects.requireNonNull(counted));
  }

  private @Nullable String single(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void each(String resource, int parameters, RowHandler handler) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql(resource))) {
      for (int i = 1; i <= parameters; i++) {
        statement.setString(i, schema);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          handler.take(rows);
        }
      }
    }
  }

  private static String sql(String resource) {
    try (InputStream in = ExistingTables.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what it needs of the row the result stands on. */
  private interface RowHandler {
    void take(ResultSet row) throws SQLException;
  }
}
