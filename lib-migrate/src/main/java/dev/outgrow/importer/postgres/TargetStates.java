package dev.outgrow.importer.postgres;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.plan.TargetState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Looks at what a target schema holds, and refuses what must not be touched. */
final class TargetStates {
  private static final int SHOWN = 5;

  /**
   * Tables, views and free sequences of a schema that belong to no extension; owned sequences go
   * with their table.
   */
  private static final String HOLDINGS =
      """
      SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                            WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
             c.relname
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ?
         AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
         AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
                            AND (d.deptype = 'e'
                                 OR c.relkind = 'S' AND d.deptype IN ('a', 'i')
                                    AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0))
       ORDER BY c.relkind, c.relname
      """;

  /** Functions without arguments, and whether triggers of this schema call them and no other's. */
  private static final String FUNCTIONS =
      """
      SELECT p.proname,
             p.prokind = 'f' AND coalesce(u.here, false)
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                              WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                                AND d.objid = p.oid AND d.deptype = 'e')
        FROM pg_catalog.pg_proc p
        JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        LEFT JOIN LATERAL (SELECT bool_and(c.relnamespace = n.oid) AS here
                             FROM pg_catalog.pg_trigger t
                             JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
                            WHERE t.tgfoid = p.oid) u ON true
       WHERE n.nspname = ?
         AND p.pronargs = 0
       ORDER BY p.proname
      """;

  private TargetStates() {}

  static TargetState read(Connection connection, String schema) throws SQLException {
    List<TargetState.Holding> holdings = holdings(connection, schema);
    List<String> functions = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(FUNCTIONS)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (rows.getBoolean(2)) {
            holdings.add(new TargetState.Holding("FUNCTION", rows.getString(1)));
          } else {
            functions.add(rows.getString(1));
          }
        }
      }
    }
    return new TargetState(schema, exists(connection, schema), holdings, functions);
  }

  /** Refuses a target that holds something, unless the caller allowed to move it aside. */
  static void refuseUnlessEmptyOr(boolean replace, TargetState state) {
    if (replace || state.holds().isEmpty()) {
      return;
    }
    List<String> names = state.holds().stream().map(TargetState.Holding::name).toList();
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
    throw new TargetException(
        state.schema(),
        names,
        "Schema " + state.schema() + " is not empty: it holds " + shown + more + ".",
        "Name another schema, or say that it may be replaced (replace, or --replace): what it holds is then kept"
            + " beside it.",
        null);
  }

  static boolean exists(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?")) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static List<TargetState.Holding> holdings(Connection connection, String schema)
      throws SQLException {
    List<TargetState.Holding> holdings = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(HOLDINGS)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          holdings.add(new TargetState.Holding(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return holdings;
  }
}
