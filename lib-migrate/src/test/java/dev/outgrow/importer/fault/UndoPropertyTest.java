package dev.outgrow.importer.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.importer.Imports;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.UndoneImport;
import dev.outgrow.importer.fixture.SharedServer;
import dev.outgrow.importer.fixture.SqliteFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a schema held, it holds it again, to the last comment, when an import is undone. */
@Tag("slow")
class UndoPropertyTest {
  private static final long CASES = Boolean.getBoolean("outgrow.exhaustive") ? 200 : 15;

  @TempDir private static Path folder;
  private static Path file;

  static LongStream seeds() {
    return LongStream.range(0, CASES);
  }

  @BeforeAll
  static void make() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("app.db"),
            "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, mood TEXT)",
            "CREATE TABLE plays(id INTEGER PRIMARY KEY, user INT REFERENCES users(id), size INT)",
            "CREATE TABLE parts(id INTEGER PRIMARY KEY, at TEXT)",
            "CREATE TABLE fresh(a TEXT)",
            "CREATE INDEX of_user ON plays(user)",
            "CREATE VIEW seen_0 AS SELECT name FROM users",
            "CREATE TRIGGER touch BEFORE INSERT ON plays WHEN NEW.size < 0"
                + " BEGIN SELECT RAISE(ABORT, 'negative'); END",
            "INSERT INTO users VALUES (1, 'anna', 'good'), (7, 'ben', NULL)",
            "INSERT INTO plays VALUES (1, 7, 3)");
    for (String role : RandomSchema.ROLES) {
      inEmptyDatabase(database -> execute(database, List.of("CREATE ROLE " + role)));
    }
  }

  @AfterAll
  static void dropRoles() throws SQLException {
    for (String role : RandomSchema.ROLES) {
      inEmptyDatabase(database -> execute(database, List.of("DROP ROLE " + role)));
    }
  }

  private interface Work {
    void on(Database database) throws SQLException;
  }

  private static void inEmptyDatabase(Work work) throws SQLException {
    Database database = SharedServer.create();
    try {
      work.on(database);
    } finally {
      SharedServer.drop(database);
    }
  }

  private static void execute(Database database, List<String> statements) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Picture picture(Database database) throws SQLException {
    try (Connection connection = database.ownConnection()) {
      return Picture.of(connection);
    }
  }

  private static String carry(Database database) {
    SqliteImport carry = SqliteImport.from(file).into(database).schema("app").replace(true);
    assertThat(carry.run().verified()).isTrue();
    return Imports.of(database).list().get(0).id();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everythingIsAsItWasWhenTheImportIsUndone(long seed) throws SQLException {
    List<String> statements = new RandomSchema(new Random(seed)).statements();
    inEmptyDatabase(
        database -> {
          execute(database, statements);
          Picture former = picture(database);
          String id = carry(database);

          UndoneImport undone = Imports.of(database).undo(id);

          String kept = undone.keptIn().orElseThrow();
          Picture now = picture(database);
          assertThat(now.without(kept).differences(former)).as("%s", statements).isEmpty();
          assertThat(undone.notGiven()).isEmpty();
          assertThat(Imports.of(database).discard(id)).containsExactly(kept);
          assertThat(picture(database)).as("%s", statements).isEqualTo(former);
        });
  }
}
