package dev.outgrow.examples.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.SourceFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaHistoryTest {
  private static final int SESSIONS = 5_000;
  private static final List<String> TABLES =
      List.of(
          "Settings",
          "items",
          "libraries",
          "library_access",
          "logs",
          "notifiers",
          "sessions",
          "stream_details",
          "users");

  private Path file = Path.of("");

  @BeforeAll
  void write(@TempDir Path folder) {
    file = folder.resolve("a name with ? and 映画.db");
    MediaHistory.write(file, SESSIONS);
  }

  @Test
  void writesEqualRowsEachTime(@TempDir Path folder) throws Exception {
    Path second = folder.resolve("second.db");
    MediaHistory.write(second, SESSIONS);

    assertThat(digests(second)).isEqualTo(digests(file)).hasSize(TABLES.size());
  }

  /**
   * Written down once, so that another machine, JDK, zone or language cannot change a row unseen.
   */
  @Test
  void writesTheRowsItAlwaysWrote() throws Exception {
    assertThat(digests(file))
        .hasToString(
            "{Settings=7c75a571, items=b9f6a84c, libraries=1aa64a23, library_access=5bf1209e, "
                + "logs=78f615dc, notifiers=63f358fd, "
                + "sessions=4dfb08fb, stream_details=12e38b34, users=51bf6f17}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "as many sessions as were asked for | SELECT count(*) = 5000 FROM sessions",
        "ids in the order of time | SELECT count(*) = 0 FROM sessions a JOIN sessions b ON b.id = a.id + 1 WHERE b.started < a.started",
        "sessions of 2025 alone | SELECT min(started) >= 1735689600 AND max(started) < 1767225600 FROM sessions",
        "no session that ends before it began | SELECT count(*) = 0 FROM sessions WHERE stopped < started + paused_seconds",
        "sessions without an end | SELECT count(*) > 2 FROM sessions WHERE stopped IS NULL",
        "sessions of deleted users | SELECT count(*) > 0 FROM sessions WHERE user_id NOT IN (SELECT id FROM users)",
        "sessions of deleted items | SELECT count(*) > 0 FROM sessions WHERE item_id NOT IN (SELECT id FROM items)",
        "no other orphan | SELECT count(*) = 0 FROM pragma_foreign_key_check WHERE \"table\" <> 'sessions'",
        "text in an INTEGER column | SELECT count(DISTINCT bitrate) = 2 FROM stream_details WHERE typeof(bitrate) = 'text'",
        "a sequence ahead of its table | SELECT seq > (SELECT max(id) FROM users) FROM sqlite_sequence WHERE name = 'users'",
        "thumbnails of 1 to 20 KB | SELECT min(length(thumb)) >= 1024 AND max(length(thumb)) <= 20480 AND max(length(thumb)) > 15000 FROM items",
        "decomposed titles | SELECT count(*) > 0 FROM items WHERE title LIKE '%' || char(776) || '%'",
        "emoji | SELECT count(*) > 0 FROM items WHERE title LIKE '%' || char(127836) || '%'",
        "Hindi | SELECT count(*) > 0 FROM items WHERE title LIKE '%' || char(2344) || char(2342) || char(2368) || '%'",
        "items within items within items | SELECT count(*) > 0 FROM items a JOIN items b ON b.id = a.parent_id JOIN items c ON c.id = b.parent_id",
        "empty and missing text | SELECT count(DISTINCT ifnull(friendly_name, 'null')) > 10 AND sum(friendly_name = '') > 0 AND sum(friendly_name IS NULL) > 0 FROM users",
        "nothing that cannot be carried | SELECT count(*) = 0 FROM sqlite_master WHERE type IN ('view', 'trigger') OR sql LIKE '%CHECK%'"
      })
  void holds(String what, String question) throws SQLException {
    try (Connection sqlite = open(file);
        Statement statement = sqlite.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      assertThat(answer.getInt(1)).as(what).isEqualTo(1);
    }
  }

  @Test
  void isWhole() throws SQLException {
    try (Connection sqlite = open(file);
        Statement statement = sqlite.createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(answer.getString(1)).isEqualTo("ok");
    }
  }

  @Test
  void leavesNoFileBesideIt() throws IOException {
    try (var files = Files.list(file.resolveSibling(""))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writesASingleSession(@TempDir Path folder) throws Exception {
    Path one = folder.resolve("one.db");
    MediaHistory.write(one, 1);

    assertThat(digests(one)).containsKey("sessions");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 20_000_001})
  void refusesANumberOfSessionsOutOfRange(int sessions, @TempDir Path folder) {
    Path target = folder.resolve("none.db");

    assertThatThrownBy(() -> MediaHistory.write(target, sessions))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("1 to 20000000");
    assertThat(target).doesNotExist();
  }

  @Test
  void refusesAFileThatIsThereAndLeavesItAlone(@TempDir Path folder) throws IOException {
    Path there = Files.writeString(folder.resolve("there.db"), "mine");

    assertThatThrownBy(() -> MediaHistory.write(there, 1))
        .isInstanceOf(SourceFileException.class)
        .hasMessageContaining("is there already");
    assertThat(there).hasContent("mine");
  }

  @Test
  void refusesAFolderThatIsNotThere(@TempDir Path folder) {
    Path nowhere = folder.resolve("nowhere").resolve("file.db");

    assertThatThrownBy(() -> MediaHistory.write(nowhere, 1))
        .isInstanceOf(SourceFileException.class)
        .hasMessageContaining("cannot be made");
  }

  private static Map<String, String> digests(Path database) throws Exception {
    Map<String, String> digests = new TreeMap<>();
    try (Connection sqlite = open(database)) {
      for (String table : TABLES) {
        digests.put(table, digest(sqlite, table));
      }
    }
    return digests;
  }

  private static String digest(Connection sqlite, String table)
      throws SQLException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Statement statement = sqlite.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\" ORDER BY 1, 2")) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          digest.update(bytes(rows.getObject(i)));
          digest.update((byte) 0);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 4);
  }

  private static byte[] bytes(@Nullable Object value) {
    if (value instanceof byte[] blob) {
      return blob;
    }
    // JDK 19 changed how a double is written, not what it is.
    Object stable = value instanceof Double number ? Double.doubleToLongBits(number) : value;
    return String.valueOf(stable).getBytes(StandardCharsets.UTF_8);
  }

  private static Connection open(Path database) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database.toUri());
  }
}
