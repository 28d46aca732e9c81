package dev.outgrow.migration.safety;

import dev.outgrow.database.Database;
import dev.outgrow.migration.statement.Name;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is in a SQLite file. Its names are the same in upper and lower case. */
final class SqliteLive implements Live {
  private final Questions questions;
  private final long bigFrom;
  private final Map<String, @Nullable LiveTable> known = new HashMap<>();

  SqliteLive(Database database, long bigFrom) {
    this.questions = new Questions(database);
    this.bigFrom = bigFrom;
  }

  @Override
  public @Nullable LiveTable table(Name name) {
    String folded = name.name().toLowerCase(Locale.ROOT);
    if (!known.containsKey(folded)) {
      known.put(folded, read(name.name()));
    }
    return known.get(folded);
  }

  private @Nullable LiveTable read(String name) {
    List<List<String>> columns =
        questions.ask(
            "Looking at " + name,
            "SELECT c.name, c.type, c.\"notnull\", c.pk, m.name FROM sqlite_master m,"
                + " pragma_table_xinfo(m.name) c WHERE m.type = 'table'"
                + " AND lower(m.name) = lower(?) ORDER BY c.cid",
            name);
    if (columns == null || columns.isEmpty()) {
      return null;
    }
    String sql = Dialect.SQLITE.quote(columns.get(0).get(4));
    List<List<String>> counted =
        questions.ask(
            "Counting the rows of " + sql,
            "SELECT count(*) FROM (SELECT 1 FROM " + sql + " LIMIT " + bigFrom + ")");
    if (counted == null) {
      return null;
    }
    Map<String, LiveTable.Column> types = new LinkedHashMap<>();
    columns.forEach(
        c ->
            types.put(
                c.get(0).toLowerCase(Locale.ROOT),
                new LiveTable.Column(c.get(1), c.get(2).equals("1"))));
    return new LiveTable(
        sql, false, Long.parseLong(counted.get(0).get(0)), types, key(columns), false, Set.of());
  }

  private static List<String> key(List<List<String>> columns) {
    List<List<String>> key = new ArrayList<>(columns);
    key.removeIf(column -> column.get(3).equals("0"));
    key.sort(java.util.Comparator.comparingInt(column -> Integer.parseInt(column.get(3))));
    return key.stream().map(column -> column.get(0)).toList();
  }

  @Override
  public @Nullable LiveTable tableOfIndex(Name index) {
    return null; // an index of SQLite is made and dropped under the one lock that writing needs
  }

  @Override
  public boolean isVolatile(Collection<String> functions) {
    return false; // SQLite adds no column with a default that is computed
  }

  @Override
  public @Nullable String unvalidated(LiveTable table, String constraint) {
    return null; // SQLite has no NOT VALID
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
