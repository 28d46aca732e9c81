package dev.outgrow.migration;

import dev.outgrow.database.catalog.PostgresCatalog;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Drops tables and views of the current schema of PostgreSQL, which itself refuses to where
 * something else depends on them, and says what.
 */
final class PostgresDrop {
  private static final String DEPENDED_ON = "2BP01";
  private static final String FIND =
      """
      SELECT c.relname, c.relkind, n.nspname FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = pg_catalog.current_schema() AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
        AND c.relname = ANY (?) ORDER BY c.oid DESC
      """;

  private final Connection connection;
  private final Set<String> names;
  private final String subject;
  private @Nullable String schema;

  PostgresDrop(Connection connection, Set<String> names, String subject) {
    this.connection = connection;
    this.names = names;
    this.subject = subject;
  }

  Dropped run() throws SQLException {
    Map<String, String> kinds = find();
    if (schema == null) {
      return new Dropped(List.of(), List.of());
    }
    List<String> left = alone();
    List<String> dropped = new ArrayList<>();
    List<String> views = new ArrayList<>();
    List<String> tables = new ArrayList<>();
    kinds.forEach((name, kind) -> (kind.endsWith("VIEW") ? views : tables).add(name));
    dropViews(views, kinds, dropped);
    List<String> foreign =
        tables.stream().filter(name -> "FOREIGN TABLE".equals(kinds.get(name))).toList();
    tables.removeAll(foreign);
    dropTogether("FOREIGN TABLE", foreign, dropped);
    List<String> ordered =
        new ArrayList<>(
            Dropped.inOrder(PostgresCatalog.read(connection, schema), tables::contains));
    tables.stream().filter(name -> !ordered.contains(name)).forEach(ordered::add); // partitions
    dropTogether("TABLE", ordered, dropped);
    return new Dropped(dropped, left);
  }

  private Map<String, String> find() throws SQLException {
    Map<String, String> kinds = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setArray(1, array());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          schema = rows.getString(3);
          kinds.put(
              rows.getString(1),
              switch (rows.getString(2)) {
                case "v" -> "VIEW";
                case "m" -> "MATERIALIZED VIEW";
                case "f" -> "FOREIGN TABLE";
                default -> "TABLE";
              });
        }
      }
    }
    return kinds;
  }

  private Array array() throws SQLException {
    return connection.createArrayOf("text", names.toArray());
  }

  private List<String> alone() throws SQLException {
    List<String> alone = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(resource("postgres-alone.sql"))) {
      query.setArray(1, array());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          alone.add(rows.getString(1));
        }
      }
    }
    return alone;
  }

  private static String resource(String name) {
    try (InputStream in = PostgresDrop.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** One by one, as often as one can go: views depend on views of either kind. */
  private void dropViews(List<String> views, Map<String, String> kinds, List<String> dropped)
      throws SQLException {
    List<String> waiting = new ArrayList<>(views);
    while (!waiting.isEmpty()) {
      int before = waiting.size();
      List<String> reasons = new ArrayList<>();
      for (String view : List.copyOf(waiting)) {
        if (dropView(Objects.requireNonNull(kinds.get(view)), view, reasons)) {
          waiting.remove(view);
          dropped.add(view);
        }
      }
      if (waiting.size() == before) {
        throw Dropped.refused(subject, reasons, null);
      }
    }
  }

  private boolean dropView(String kind, String view, List<String> reasons) throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      drop(kind, List.of(view));
      connection.releaseSavepoint(savepoint);
      return true;
    } catch (SQLException failure) {
      if (!DEPENDED_ON.equals(failure.getSQLState())) {
        throw failure;
      }
      connection.rollback(savepoint);
      reasons.addAll(dependents(failure));
      return false;
    }
  }

  /** In one statement, in which tables may depend on each other in a circle. */
  private void dropTogether(String kind, List<String> tables, List<String> dropped)
      throws SQLException {
    if (tables.isEmpty()) {
      return;
    }
    try {
      drop(kind, tables);
    } catch (SQLException failure) {
      if (DEPENDED_ON.equals(failure.getSQLState())) {
        throw Dropped.refused(subject, dependents(failure), failure);
      }
      throw failure;
    }
    dropped.addAll(tables);
  }

  private void drop(String kind, List<String> objects) throws SQLException {
    String qualified =
        String.join(
            ", ",
            objects.stream()
                .map(name -> Identifier.of(Objects.requireNonNull(schema), name))
                .map(Dialect.POSTGRESQL::quote)
                .toList());
    OwnTransaction.execute(connection, "DROP " + kind + " " + qualified);
  }

  /** The server's detail is a line for each object: names, and no rows. */
  private static List<String> dependents(SQLException failure) {
    String detail =
        failure instanceof PSQLException server && server.getServerErrorMessage() != null
            ? server.getServerErrorMessage().getDetail()
            : null;
    return detail == null
        ? List.of(String.valueOf(failure.getMessage()))
        : detail.lines().map(String::strip).toList();
  }
}
