package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Asks PostgreSQL what it says of the tables of a schema beside their rows: whether every row was
 * held to their constraints, whether their indexes are used, and whether their sequences are ahead
 * of every number that is there.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class ObjectVerifier {
  private static final String FAULTS =
      """
      SELECT CASE contype WHEN 'f' THEN 'key' ELSE 'constraint' END, conname,
             ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(conkey) WITH ORDINALITY k (n, o)
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.n ORDER BY k.o)
        FROM pg_catalog.pg_constraint
       WHERE conrelid = CAST(? AS pg_catalog.regclass) AND NOT convalidated
      UNION ALL
      SELECT 'index', c.relname, '{}'
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
       WHERE i.indrelid = CAST(? AS pg_catalog.regclass) AND NOT (i.indisvalid AND i.indisready AND i.indislive)
       ORDER BY 1, 2
      """;

  /** The sequences that belong to a column of whole numbers. */
  private static final String SEQUENCES =
      """
      SELECT a.attname, n.nspname, s.relname, q.seqincrement
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
        JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
        JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
        JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
       WHERE d.refobjid = CAST(? AS pg_catalog.regclass) AND d.deptype IN ('a', 'i')
         AND d.classid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass)
         AND d.refclassid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass)
         AND a.atttypid IN (20, 21, 23)
       ORDER BY a.attnum
      """;

  private final Connection target;
  private final String schema;

  /** Makes one that asks about a schema through a connection, which stays the caller's. */
  public ObjectVerifier(Connection target, String schema) {
    this.target = target;
    this.schema = schema;
  }

  /**
   * Returns what does not hold of a table as an import makes it. Only foreign keys of which it is
   * known that rows do not keep them may be left unproven.
   *
   * @throws SQLException if the server cannot answer
   */
  public List<Difference> differences(TableMapping table) throws SQLException {
    Set<List<String>> unproven =
        table.foreignKeys().stream()
            .filter(r -> r.orphans() + r.spelledOtherwise() > 0)
            .map(r -> r.key().columns())
            .collect(Collectors.toCollection(HashSet::new));
    return differences(
        table.source(), table.target(), c -> c.isForeignKey() && unproven.contains(c.columns()));
  }

  /**
   * Returns what does not hold of any table.
   *
   * @param source what the source calls it
   * @param name its name
   * @param unproven which constraints its rows need not be held to
   * @throws SQLException if the server cannot answer
   */
  public List<Difference> differences(String source, String name, Predicate<Constraint> unproven)
      throws SQLException {
    List<Difference> differences = new ArrayList<>(unheld(source, name, unproven));
    differences.addAll(takenNumbers(source, name));
    return differences;
  }

  /** Returns the columns of a table whose sequences would give numbers that are there. */
  public List<Difference> takenNumbers(String source, String name) throws SQLException {
    String table = Dialect.POSTGRESQL.quote(Identifier.of(schema, name));
    List<Difference> differences = new ArrayList<>();
    for (Sequence sequence : sequences(table)) {
      if (isBehind(table, sequence)) {
        differences.add(of(source, Difference.What.TAKEN_NUMBERS, sequence.column()));
      }
    }
    return differences;
  }

  /** Returns its constraints that rows were not held to, and its indexes that are not used. */
  public List<Difference> unheld(String source, String name, Predicate<Constraint> unproven)
      throws SQLException {
    String table = Dialect.POSTGRESQL.quote(Identifier.of(schema, name));
    List<Difference> differences = new ArrayList<>();
    for (Constraint fault : faults(table)) {
      if (fault.kind().equals("index")) {
        differences.add(of(source, Difference.What.INVALID_INDEX, fault.name()));
      } else if (!unproven.test(fault)) {
        differences.add(of(source, Difference.What.NOT_VALIDATED, fault.name()));
      }
    }
    return differences;
  }

  private static Difference of(String table, Difference.What what, String name) {
    return new Difference(table, "", what, List.of(name));
  }

  /**
   * A constraint that its rows were not all held to.
   *
   * @param kind what it is
   * @param name its name
   * @param columns its columns, in its order
   */
  public record Constraint(String kind, String name, List<String> columns) {
    /** Copies the list. */
    public Constraint {
      columns = List.copyOf(columns);
    }

    /** Returns whether it is a foreign key. */
    public boolean isForeignKey() {
      return kind.equals("key");
    }
  }

  private record Sequence(String column, Identifier name, boolean descends) {}

  private List<Constraint> faults(String table) throws SQLException {
    try (PreparedStatement statement = target.prepareStatement(FAULTS)) {
      statement.setString(1, table);
      statement.setString(2, table);
      List<Constraint> faults = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          List<String> columns = List.of((String[]) rows.getArray(3).getArray());
          faults.add(new Constraint(rows.getString(1), rows.getString(2), columns));
        }
      }
      return faults;
    }
  }

  private List<Sequence> sequences(String table) throws SQLException {
    try (PreparedStatement statement = target.prepareStatement(SEQUENCES)) {
      statement.setString(1, table);
      List<Sequence> sequences = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          sequences.add(
              new Sequence(
                  rows.getString(1),
                  Identifier.of(rows.getString(2), rows.getString(3)),
                  rows.getLong(4) < 0));
        }
      }
      return sequences;
    }
  }

  /** What was handed out last may be the largest number there is; the next may not. */
  private boolean isBehind(String table, Sequence sequence) throws SQLException {
    String column = Dialect.POSTGRESQL.quote(sequence.column());
    String last = "(CASE WHEN s.is_called THEN 0 ELSE 1 END)";
    String behind =
        sequence.descends()
            ? "CAST(s.last_value AS numeric) + "
                + last
                + " > (SELECT min("
                + column
                + ") FROM "
                + table
                + ")"
            : "CAST(s.last_value AS numeric) - "
                + last
                + " < (SELECT max("
                + column
                + ") FROM "
                + table
                + ")";
    try (Statement statement = target.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT coalesce("
                    + behind
                    + ", false) FROM "
                    + Dialect.POSTGRESQL.quote(sequence.name())
                    + " AS s")) {
      return row.next() && row.getBoolean(1);
    }
  }
}
