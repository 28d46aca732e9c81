package dev.outgrow.importer.plan;

import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the statements of the swap. Where the target schema does not exist, the staging schema
 * takes its name; where it does, its grants and extensions stay, and tables move: the old ones out,
 * the new ones in. Keys, indexes and identity sequences go along with their table.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class SwapSql {
  private static final String FUNCTION = "FUNCTION";
  private static final String ROUTINE = "ROUTINE";

  private SwapSql() {}

  /**
   * Returns the statements of the swap, to be run in one transaction.
   *
   * @param names the schemas
   * @param state what the target holds
   * @param staged what the staging schema holds
   */
  public static List<String> of(
      ImportNames names, TargetState state, List<TargetState.Holding> staged) {
    if (!state.exists()) {
      return List.of(rename(names.staging(), names.target()));
    }
    List<String> sql = new ArrayList<>();
    if (!state.holds().isEmpty()) {
      sql.add("CREATE SCHEMA " + quote(names.before()));
    }
    for (TargetState.Holding holding : state.holds()) {
      sql.add(move(holding, names.target(), names.before()));
    }
    for (TargetState.Holding holding : staged) {
      String name = holding.name();
      if (holding.kind().equals(FUNCTION) && state.functions().contains(name)) {
        name = names.ofThisImport(name);
        sql.add(
            "ALTER FUNCTION "
                + Dialect.POSTGRESQL.quote(Identifier.of(names.staging(), holding.name()))
                + "() RENAME TO "
                + quote(name));
      }
      TargetState.Holding moved =
          new TargetState.Holding(holding.kind(), name, holding.arguments());
      sql.add(move(moved, names.staging(), names.target()));
    }
    sql.add("DROP SCHEMA " + quote(names.staging()));
    return sql;
  }

  /**
   * Returns the statements that bring the former state back, to be run in one transaction. What the
   * target holds by then is kept aside.
   *
   * @param names the schemas
   * @param now what the target holds
   * @param kept what the schema holds that keeps the former state
   * @param made whether there was no target schema
   */
  public static List<String> undo(
      ImportNames names, TargetState now, TargetState kept, boolean made) {
    if (made) {
      return List.of(rename(names.target(), names.undone()));
    }
    if (!now.exists()) {
      return List.of(rename(names.before(), names.target()));
    }
    List<String> sql = new ArrayList<>();
    if (!now.holds().isEmpty()) {
      sql.add("CREATE SCHEMA " + quote(names.undone()));
    }
    now.holds().forEach(h -> sql.add(move(h, names.target(), names.undone())));
    kept.holds().forEach(h -> sql.add(move(h, names.before(), names.target())));
    if (kept.exists()) {
      sql.add("DROP SCHEMA " + quote(names.before()));
    }
    return sql;
  }

  private static String rename(String from, String to) {
    return "ALTER SCHEMA " + quote(from) + " RENAME TO " + quote(to);
  }

  /** Returns what the staging schema will hold if PostgreSQL refuses nothing. */
  static List<TargetState.Holding> holdings(SchemaMapping mapping) {
    return Stream.of(
            mapping.tables().stream().map(t -> new TargetState.Holding("TABLE", t.target())),
            mapping.views().stream().map(v -> new TargetState.Holding("VIEW", v.target())),
            mapping.triggers().stream().map(t -> new TargetState.Holding(FUNCTION, t.target())))
        .flatMap(holdings -> holdings)
        .toList();
  }

  /** Writes what moves something from one schema to another. */
  public static String move(TargetState.Holding holding, String from, String to) {
    String kind = holding.kind();
    return "ALTER "
        + kind
        + " "
        + Dialect.POSTGRESQL.quote(Identifier.of(from, holding.name()))
        + (kind.equals(FUNCTION) || kind.equals(ROUTINE) ? "(" + holding.arguments() + ")" : "")
        + " SET SCHEMA "
        + quote(to);
  }

  private static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }
}
