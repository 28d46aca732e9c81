package dev.outgrow.importer.reject;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Mapper;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.sqlite.SqliteSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * References at random between tables of three kinds, in circles and to themselves: what is left
 * satisfies SQLite's own check, and no more is taken away than has to be.
 */
class RandomOrphansTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");
  private static final int FILES = EXHAUSTIVE ? 2000 : 30;
  private static final int ROWS = 12;
  private static final int TABLES = 3;

  @TempDir private Path folder;

  /** A key from two columns of one table to the two of another's unique key. */
  private record Key(int table, int parent, boolean composite) {}

  @Test
  void whatIsLeftAfterRejectingIsTheLargestPartWithoutOrphans() throws SQLException {
    for (int seed = 0; seed < FILES; seed++) {
      Random random = new Random(seed);
      List<Key> keys = keys(random);
      Path file = make("reject" + seed, random, keys);
      Map<String, List<List<Object>>> all = new LinkedHashMap<>();
      Map<String, List<List<Object>>> left = sift(file, Treatment.REJECT, all);

      assertThat(left).as("seed %d, %s", seed, keys).isEqualTo(largestPart(all, keys));
      assertThat(violations(file, left)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void whatIsLeftAfterNullingIsEveryRowWithoutOrphans() throws SQLException {
    for (int seed = 0; seed < FILES; seed++) {
      Random random = new Random(seed);
      List<Key> keys = keys(random);
      Path file = make("null" + seed, random, keys);
      Map<String, List<List<Object>>> all = new LinkedHashMap<>();
      Map<String, List<List<Object>>> left = sift(file, Treatment.NULL, all);

      all.forEach((t, rows) -> assertThat(left.get(t)).as("%s, %s", file, t).hasSameSizeAs(rows));
      assertThat(violations(file, left)).as("seed %d, %s", seed, keys).isEmpty();
    }
  }

  private static List<Key> keys(Random random) {
    LinkedHashSet<Key> keys = new LinkedHashSet<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      keys.add(new Key(random.nextInt(TABLES), random.nextInt(TABLES), random.nextBoolean()));
    }
    return List.copyOf(keys);
  }

  /** Each table has an id, a unique pair that may be null, and values that refer. */
  private Path make(String name, Random random, List<Key> keys) throws SQLException {
    List<String> statements = new ArrayList<>(List.of("PRAGMA synchronous = OFF", "BEGIN"));
    for (int t = 0; t < TABLES; t++) {
      StringBuilder sql = new StringBuilder("CREATE TABLE t" + t);
      sql.append(t == 1 ? "(id TEXT PRIMARY KEY" : "(id INTEGER PRIMARY KEY");
      sql.append(", a INTEGER, b TEXT, UNIQUE(a, b)");
      for (Key key : keys) {
        if (key.table() == t) {
          sql.append(", FOREIGN KEY")
              .append(key.composite() ? "(b, a)" : key.parent() == 1 ? "(b)" : "(a)")
              .append(" REFERENCES t" + key.parent())
              .append(key.composite() ? "(b, a)" : "(id)");
        }
      }
      statements.add(sql + ")" + (t == 1 ? " WITHOUT ROWID" : ""));
      for (int r = 0; r < ROWS; r++) {
        String a = random.nextInt(6) == 0 ? "NULL" : "" + random.nextInt(ROWS);
        String b = random.nextInt(6) == 0 ? "NULL" : "'" + random.nextInt(ROWS) + "'";
        statements.add(
            "INSERT OR IGNORE INTO t"
                + t
                + " VALUES ("
                + random.nextInt(ROWS + 4)
                + ", "
                + a
                + ", "
                + b
                + ")");
      }
    }
    statements.add("COMMIT");
    return SqliteFiles.make(folder.resolve(name + ".db"), statements.toArray(String[]::new));
  }

  private static Map<String, List<List<Object>>> sift(
      Path file, Treatment treatment, Map<String, List<List<Object>>> all) {
    Map<String, List<List<Object>>> left = new LinkedHashMap<>();
    try (SqliteSource source = SqliteSource.open(file)) {
      List<TableMapping> tables = Mapper.map(SqliteFiles.survey(source), List.of()).tables();
      LinkedHashSet<Link> links = new LinkedHashSet<>();
      tables.forEach(t -> t.foreignKeys().forEach(k -> links.add(k.link())));
      List<String> names = tables.stream().map(TableMapping::source).toList();
      try (SetAside aside = new SetAside(names, List.copyOf(links))) {
        new OrphanSearch(aside, tables, treatment, source::links).run(links);
        for (TableMapping table : tables) {
          all.put(table.source(), rows(source.rows(table.source())));
          left.put(table.source(), rows(aside.sift(table, source.rows(table.source()))));
        }
      }
    }
    return left;
  }

  private static List<List<Object>> rows(RowCursor cursor) {
    List<List<Object>> rows = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          row.add(cell(cursor.row(), i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static Object cell(SourceRow row, int column) {
    StorageClass storageClass = row.storageClass(column);
    return switch (storageClass) {
      case INTEGER -> row.integer(column);
      case TEXT -> new String(row.bytes(column), StandardCharsets.UTF_8);
      default -> "";
    };
  }

  /** Takes away what refers to nothing, again and again, without any cleverness. */
  private static Map<String, List<List<Object>>> largestPart(
      Map<String, List<List<Object>>> all, List<Key> keys) {
    Map<String, List<List<Object>>> left = new LinkedHashMap<>();
    all.forEach((t, rows) -> left.put(t, new ArrayList<>(rows)));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Key key : keys) {
        List<List<Object>> parents = requireNonNull(left.get("t" + key.parent()));
        changed |=
            requireNonNull(left.get("t" + key.table())).removeIf(r -> isOrphan(r, key, parents));
      }
    }
    return left;
  }

  private static boolean isOrphan(List<Object> row, Key key, List<List<Object>> parents) {
    if (key.composite()) {
      return !row.get(1).equals("")
          && !row.get(2).equals("")
          && parents.stream().noneMatch(p -> p.subList(1, 3).equals(row.subList(1, 3)));
    }
    Object value = key.parent() == 1 ? row.get(2) : row.get(1);
    return !value.equals("") && parents.stream().noneMatch(p -> p.get(0).equals(value));
  }

  /** Puts the rows that are left in the place of all, and lets SQLite check its foreign keys. */
  private static List<String> violations(Path file, Map<String, List<List<Object>>> left)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = SqliteFiles.open(file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
      connection.setAutoCommit(false);
      for (Map.Entry<String, List<List<Object>>> table : left.entrySet()) {
        statement.execute("DELETE FROM " + table.getKey());
        for (List<Object> row : table.getValue()) {
          statement.execute("INSERT INTO " + table.getKey() + " VALUES (" + literals(row) + ")");
        }
      }
      try (ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
        while (rows.next()) {
          found.add(rows.getString(1) + " " + rows.getString(2) + " -> " + rows.getString(3));
        }
      }
      connection.commit();
    }
    return found;
  }

  private static String literals(List<Object> row) {
    return String.join(", ", row.stream().map(v -> v.equals("") ? "NULL" : "'" + v + "'").toList());
  }
}
