package dev.outgrow.importer.postgres;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.plan.TargetState.Dependent;
import dev.outgrow.importer.plan.TargetState.Holding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
        !Catalogue.askSql(connection, EXISTS, row -> true, schema).isEmpty(),
        holdings,
        routines(connection, schema, "stays").stream().map(Holding::name).toList(),
        dependents(connection, schema));
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

  /** Returns the names of what a schema holds that this user may not move. */
  static List<String> notOurs(Connection connection, String schema) throws SQLException {
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

  /** Refuses a target of which something elsewhere would go on using what is moved aside. */
  static void refuseDependents(TargetState state, Set<Kind> accepted) {
    if (accepted.contains(Kind.DEPENDENT) || state.dependents().isEmpty()) {
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
            + " holds is used by what is not replaced, and which would go on using the former rows: "
            + shown(all)
            + ".",
        "Drop it and make it again after the import, or accept that (--accept dependent).",
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
