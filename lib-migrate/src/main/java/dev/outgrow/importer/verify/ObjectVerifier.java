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
  /** What does not hold, and the sequences that belong to a column of whole numbers. */
  private static final String OBJECTS =
      """
      SELECT CASE contype WHEN 'f' THEN 'key' ELSE 'constraint' END, conname,
             ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(conkey) WITH ORDINALITY k (n, o)
                     JOIN pg_catalog.pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.n ORDER BY k.o), 0
        FROM pg_catalog.pg_constraint
       WHERE conrelid = CAST(? AS pg_catalog.regclass) AND NOT convalidated
      UNION ALL
      SELECT 'index', c.relname, '{}', 0
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
       WHERE i.indrelid = CAST(? AS pg_catalog.regclass) AND NOT (i.indisvalid AND i.indisready AND i.indislive)
      UNION ALL
      SELECT CASE WHEN q.seqincrement < 0 THEN 'down' ELSE 'up' END, a.attname,
             ARRAY[n.nspname::text, s.relname::text], a.attnum
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
        JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
        JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
        JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
       WHERE d.refobjid = CAST(? AS pg_catalog.regclass) AND d.deptype IN ('a', 'i')
         AND d.classid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass)
         AND d.refclassid = CAST('pg_catalog.pg_class' AS pg_catalog.regclass)
         AND a.atttypid IN (20, 21, 23)
       ORDER BY 4, 1, 2
      """;

  private static final String UP = "up";
  private static final String DOWN = "down";

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
    String table = Dialect.POSTGRESQL.quote(Identifier.of(schema, name));
    Found found = objects(table);
    List<Difference> differences = new ArrayList<>(unheld(source, found, unproven));
    differences.addAll(takenNumbers(source, table, found));
    return differences;
  }

  /** Returns the columns of a table whose sequences would give numbers that are there. */
  public List<Difference> takenNumbers(String source, String name) throws SQLException {
    String table = Dialect.POSTGRESQL.quote(Identifier.of(schema, name));
    return takenNumbers(source, table, objects(table));
  }

  private List<Difference> takenNumbers(String source, String table, Found found)
      throws SQLException {
    List<Difference> differences = new ArrayList<>();
    for (Sequence sequence : found.sequences()) {
      if (isBehind(table, sequence)) {
        differences.add(of(source, Difference.What.TAKEN_NUMBERS, sequence.column()));
      }
    }
    return differences;
  }

  /** Returns its constraints that rows were not held to, and its indexes that are not used. */
  public List<Difference> unheld(String source, String name, Predicate<Constraint> unproven)
      throws SQLException {
    Identifier table = Identifier.of(schema, name);
    return unheld(source, objects(Dialect.POSTGRESQL.quote(table)), unproven);
  }

  private static List<Difference> unheld(
      String source, Found found, Predicate<Constraint> unproven) {
    List<Difference> differences = new ArrayList<>();
    for (Constraint fault : found.faults()) {
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

  private record Found(List<Constraint> faults, List<Sequence> sequences) {}

  private Found objects(String table) throws SQLException {
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    try (PreparedStatement statement = target.prepareStatement(OBJECTS)) {
      statement.setString(1, table);
      statement.setString(2, table);
      statement.setString(3, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          List<String> names = List.of((String[]) rows.getArray(3).getArray());
          add(rows.getString(1), rows.getString(2), names, found);
        }
      }
    }
    return found;
  }

  private static void add(String kind, String name, List<String> names, Found found) {
    if (kind.equals(UP) || kind.equals(DOWN)) {
      Identifier sequence = Identifier.of(names.get(0), names.get(1));
      found.sequences().add(new Sequence(name, sequence, kind.equals(DOWN)));
    } else {
      found.faults().add(new Constraint(kind, name, names));
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
