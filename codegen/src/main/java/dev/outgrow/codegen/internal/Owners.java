package dev.outgrow.codegen.internal;

import dev.outgrow.database.Backend;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which chain made which object: seen by looking at the catalogue behind each migration. What an
 * extension made, a partition, and what stands in a system's schema belongs to none.
 */
final class Owners {
  /** What kinds of objects classes are made of. */
  enum Kind {
    TABLE,
    SEQUENCE,
    TYPE,
    ROUTINE
  }

  /** An object; on SQLite the schema is empty. */
  record Thing(Kind kind, String schema, String name) {}

  private static final String POSTGRES =
      """
      SELECT o.kind, n.nspname, o.name
      FROM (
        SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
          c.relnamespace AS space, c.relname AS name, c.oid, 'pg_class'::regclass AS class
        FROM pg_catalog.pg_class c
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT c.relispartition
        UNION ALL
        SELECT 'TYPE', t.typnamespace, t.typname, t.oid, 'pg_type'::regclass
        FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
        WHERE t.typtype IN ('e', 'd') OR c.relkind = 'c'
        UNION ALL
        SELECT 'ROUTINE', p.pronamespace, p.proname, p.oid, 'pg_proc'::regclass
        FROM pg_catalog.pg_proc p
      ) o
      JOIN pg_catalog.pg_namespace n ON n.oid = o.space
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype = 'e')
      """;
  private static final String SQLITE =
      """
      SELECT 'TABLE', '', name FROM pragma_table_list
      WHERE schema = 'main' AND type IN ('table', 'view', 'virtual')
        AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      """;

  private final Backend backend;
  private final Set<String> histories;
  private final Map<Thing, String> chains = new LinkedHashMap<>();

  Owners(Backend backend, Set<String> histories) {
    this.backend = backend;
    this.histories = Set.copyOf(histories);
  }

  /** Gives what is new to a chain, and forgets what is gone. */
  void look(Connection connection, String chain) throws SQLException {
    Set<Thing> there = read(connection);
    chains.keySet().retainAll(there);
    for (Thing thing : there) {
      chains.putIfAbsent(thing, chain);
    }
  }

  private Set<Thing> read(Connection connection) throws SQLException {
    Set<Thing> there = new LinkedHashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(backend == Backend.POSTGRESQL ? POSTGRES : SQLITE)) {
      while (rows.next()) {
        Kind kind = Kind.valueOf(rows.getString(1));
        if (kind != Kind.TABLE || !histories.contains(rows.getString(3))) {
          there.add(new Thing(kind, rows.getString(2), rows.getString(3)));
        }
      }
    }
    return there;
  }

  /** Returns the chain that made it; empty if none did. */
  Optional<String> of(Kind kind, String schema, String name) {
    String space = backend == Backend.POSTGRESQL ? schema : "";
    return Optional.ofNullable(chains.get(new Thing(kind, space, name)));
  }

  /** Returns the schemas in which something was made. */
  Set<String> schemas() {
    Set<String> schemas = new LinkedHashSet<>();
    chains.keySet().forEach(thing -> schemas.add(thing.schema()));
    return schemas;
  }
}
