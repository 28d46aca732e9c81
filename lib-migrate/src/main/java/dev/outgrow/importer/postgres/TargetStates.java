package dev.outgrow.importer.postgres;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.plan.TargetState.Dependent;
import dev.outgrow.importer.plan.TargetState.Holding;
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
  private static final String EXISTS = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?";

  private TargetStates() {}

  static TargetState read(Connection connection, String schema) throws SQLException {
    return read(connection, schema, List.of());
  }

  /**
   * Reads the state of a schema.
   *
   * @param incoming what is to be moved there: a type with the name of such a table is in its way
   */
  static TargetState read(Connection connection, String schema, List<Holding> incoming)
      throws SQLException {
    if (!exists(connection, schema)) {
      return new TargetState(schema, false, List.of());
    }
    // What has rows as arguments first: its name changes with the tables'.
    List<Holding> holdings = new ArrayList<>(routines(connection, schema, "moves"));
    holdings.addAll(Catalogue.ask(connection, "held-relations.sql", TargetStates::held, schema));
    List<String> needed = incoming.stream().map(Holding::name).toList();
    holdings.addAll(
        Catalogue.ask(
                connection, "held-types.sql", row -> new Holding("TYPE", row.getString(1)), schema)
            .stream()
            .filter(type -> needed.contains(type.name()))
            .toList());
    return new TargetState(
        schema,
        true,
        holdings,
        routines(connection, schema, "stays").stream().map(Holding::name).toList(),
        dependents(connection, schema));
  }

  /** Reads the state of a schema of ours, all of which moves: every type and function, too. */
  static TargetState whole(Connection connection, String schema) throws SQLException {
    TargetState state = read(connection, schema);
    List<Holding> holdings = new ArrayList<>(routines(connection, schema, "all"));
    state.holds().stream()
        .filter(h -> !h.kind().equals("FUNCTION") && !h.kind().equals("ROUTINE"))
        .forEach(holdings::add);
    holdings.addAll(
        Catalogue.ask(
            connection, "held-types.sql", row -> new Holding("TYPE", row.getString(1)), schema));
    return new TargetState(schema, state.exists(), holdings, List.of(), state.dependents());
  }

  private static Holding held(ResultSet row) throws SQLException {
    return new Holding(row.getString(1), row.getString(2));
  }

  /** A function without arguments stays, too, where nothing calls it. */
  private static List<Holding> routines(Connection connection, String schema, String what)
      throws SQLException {
    return Catalogue.ask(
        connection,
        "held-routines.sql",
        row ->
            new Holding(row.getString("kind"), row.getString("name"), row.getString("arguments")),
        schema,
        what);
  }

  private static List<Dependent> dependents(Connection connection, String schema)
      throws SQLException {
    return Catalogue.ask(
        connection,
        "dependents.sql",
        row -> new Dependent(row.getString("kind"), row.getString("name"), row.getString("uses")),
        schema);
  }

  /** The server would say it of the first table alone, in the end, and not what can be done. */
  static void refuseForeign(Connection connection, TargetState state) throws SQLException {
    List<String> foreign =
        state.holds().isEmpty() ? List.of() : notOurs(connection, state.schema());
    if (!foreign.isEmpty()) {
      throw new TargetException(
          state.schema(),
          foreign,
          "What schema "
              + state.schema()
              + " holds cannot be moved aside: this user does not own "
              + shown(foreign)
              + ".",
          "Connect as a user who owns them, or as a member of the role that does.",
          null);
    }
  }

  /** Returns the names of what a schema holds that this user may not move. */
  private static List<String> notOurs(Connection connection, String schema) throws SQLException {
    return Catalogue.askSql(
        connection,
        "SELECT c.relname || ' (of ' || pg_catalog.pg_get_userbyid(c.relowner) || ')'"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')"
            + " AND NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')"
            + " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d"
            + " WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid"
            + " AND d.deptype = 'e') ORDER BY 1",
        row -> row.getString(1),
        schema);
  }

  /** Refuses a target that holds something, unless the caller allowed to move it aside. */
  static void refuseUnlessEmptyOr(boolean replace, TargetState state) {
    if (replace || state.holds().isEmpty()) {
      return;
    }
    List<String> names = state.holds().stream().map(Holding::name).toList();
    throw new TargetException(
        state.schema(),
        names,
        "Schema " + state.schema() + " is not empty: it holds " + shown(names) + ".",
        "Name another schema, or say that it may be replaced (replace, or --replace): what it holds is then kept"
            + " beside it.",
        null);
  }

  static boolean exists(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** Refuses to move aside what something elsewhere would go on using. */
  static void refuseDependents(TargetState state) {
    if (state.dependents().isEmpty()) {
      return;
    }
    List<String> all =
        state.dependents().stream()
            .map(d -> d.kind() + " " + d.name() + " (" + d.uses() + ")")
            .toList();
    throw new TargetException(
        state.schema(),
        state.dependents().stream().map(Dependent::name).toList(),
        "What schema "
            + state.schema()
            + " holds is used elsewhere, where it would go on being used: "
            + shown(all)
            + ".",
        "Drop that, and make it again afterwards.",
        null);
  }

  /** Returns what a report says of what goes on using what was moved aside. */
  static List<NotCarried> dependents(TargetState state) {
    return state.dependents().stream()
        .map(
            d ->
                new NotCarried(
                    Kind.DEPENDENT,
                    d.name(),
                    "the " + d.kind() + " goes on using the former " + d.uses()))
        .toList();
  }

  private static String shown(List<String> names) {
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
  }
}
