package dev.outgrow.migration.safety;

import dev.outgrow.database.Database;
import dev.outgrow.migration.statement.Name;
import dev.outgrow.sql.Dialect;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is in a PostgreSQL database. */
final class PostgresLive implements Live {
  /** The planner's own estimate: the density of the last ANALYZE times the pages there are now. */
  private static final String TABLE =
      """
      SELECT c.oid::bigint, c.relkind,
             (SELECT coalesce(sum(CASE WHEN pg_relation_size(l.oid) = 0 THEN 0
                                       WHEN l.reltuples < 0 OR l.relpages = 0 THEN 'NaN'
                                       ELSE l.reltuples / l.relpages
                                            * (pg_relation_size(l.oid) / current_setting('block_size')::bigint)
                                  END), 0)
              FROM pg_class l
              WHERE (l.oid = c.oid AND c.relkind <> 'p')
                 OR l.oid IN (SELECT relid FROM pg_partition_tree(c.oid) WHERE isleaf)),
             n.nspname, c.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = to_regclass(?) AND c.relkind IN ('r', 'p', 'm')
      """;

  private static final String COLUMNS =
      """
      SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute
      WHERE attrelid = ?::bigint::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum
      """;

  private static final String KEY =
      """
      SELECT a.attname FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, place)
      JOIN pg_attribute a ON a.attnum = k.attnum
      WHERE i.indrelid = ?::bigint::oid AND i.indisprimary AND a.attrelid = i.indrelid ORDER BY k.place
      """;

  private static final String CHECKS =
      """
      SELECT pg_get_constraintdef(oid) FROM pg_constraint
      WHERE conrelid = ?::bigint::oid AND contype = 'c' AND convalidated
      """;

  private static final String OF_INDEX =
      """
      SELECT n.nspname, t.relname FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace WHERE i.indexrelid = to_regclass(?)
      """;

  private static final Pattern NOT_NULL =
      Pattern.compile("CHECK \\(\\((\"(?:[^\"]|\"\")+\"|\\w+) IS NOT NULL\\)\\)");

  private final Questions questions;
  private final long bigFrom;
  private final Map<String, @Nullable LiveTable> known = new HashMap<>();

  PostgresLive(Database database, long bigFrom) {
    this.questions = new Questions(database);
    this.bigFrom = bigFrom;
  }

  @Override
  public @Nullable LiveTable table(Name name) {
    String sql = quoted(name);
    if (!known.containsKey(sql)) {
      known.put(sql, read(sql));
    }
    return known.get(sql);
  }

  private static String quoted(Name name) {
    String schema = name.schema();
    String table = Dialect.POSTGRESQL.quote(name.name());
    return schema == null ? table : Dialect.POSTGRESQL.quote(schema) + "." + table;
  }

  private @Nullable LiveTable read(String name) {
    List<List<String>> tables = questions.ask("Looking at " + name, TABLE, name);
    if (tables == null || tables.isEmpty()) {
      return null;
    }
    List<String> table = tables.get(0);
    String sql = quoted(new Name(table.get(3), table.get(4), ""));
    List<List<String>> counted = count(sql, table.get(2));
    String oid = table.get(0);
    List<List<String>> columns = questions.ask("Looking at " + name, COLUMNS, oid);
    List<List<String>> key = questions.ask("Looking at " + name, KEY, oid);
    List<List<String>> checks = questions.ask("Looking at " + name, CHECKS, oid);
    if (counted == null || columns == null || key == null || checks == null) {
      return null;
    }
    Map<String, LiveTable.Column> types = new LinkedHashMap<>();
    columns.forEach(c -> types.put(c.get(0), new LiveTable.Column(c.get(1), c.get(2).equals("t"))));
    return new LiveTable(
        sql,
        table.get(1).equals("p"),
        Long.parseLong(counted.get(0).get(0)),
        types,
        key.stream().map(row -> row.get(0)).toList(),
        !checks.isEmpty(),
        proven(checks));
  }

  /** An estimate says too little of a table that is small, or was never analysed. */
  private @Nullable List<List<String>> count(String sql, String estimate) {
    double rows = Double.parseDouble(estimate);
    return rows > bigFrom
        ? List.of(List.of(Long.toString((long) rows)))
        : questions.ask(
            "Counting the rows of " + sql,
            "SELECT count(*) FROM (SELECT FROM " + sql + " LIMIT " + bigFrom + ") s");
  }

  private static Set<String> proven(List<List<String>> checks) {
    Set<String> proven = new HashSet<>();
    for (List<String> check : checks) {
      Matcher matcher = NOT_NULL.matcher(check.get(0));
      if (matcher.matches()) {
        String column = matcher.group(1);
        proven.add(
            column.startsWith("\"")
                ? column.substring(1, column.length() - 1).replace("\"\"", "\"")
                : column);
      }
    }
    return proven;
  }

  @Override
  public @Nullable LiveTable tableOfIndex(Name index) {
    List<List<String>> found = questions.ask("Looking at " + index.text(), OF_INDEX, quoted(index));
    return found == null || found.isEmpty()
        ? null
        : table(new Name(found.get(0).get(0), found.get(0).get(1), found.get(0).get(1)));
  }

  @Override
  public boolean isVolatile(Collection<String> functions) {
    if (functions.isEmpty()) {
      return false;
    }
    List<List<String>> found =
        questions.ask(
            "Looking at the functions " + functions,
            "SELECT 1 FROM pg_proc WHERE proname = ANY (?) AND provolatile = 'v' LIMIT 1",
            (Object) functions.toArray(new String[0]));
    return found != null && !found.isEmpty();
  }

  @Override
  public @Nullable String unvalidated(LiveTable table, String constraint) {
    List<List<String>> found =
        questions.ask(
            "Looking at the constraint " + constraint,
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                + " WHERE conrelid = to_regclass(?) AND conname = ? AND NOT convalidated",
            table.sql(),
            constraint);
    return found == null || found.isEmpty() ? null : found.get(0).get(0);
  }

  @Override
  public @Nullable List<List<String>> rows(String what, String sql) {
    return questions.askAsItIs(what, sql);
  }

  @Override
  public List<String> unanswered() {
    return questions.unanswered();
  }

  @Override
  public void close() {
    questions.close();
  }
}
