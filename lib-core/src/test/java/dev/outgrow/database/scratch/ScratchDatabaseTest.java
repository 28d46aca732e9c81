package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.ChildJvm;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.AccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** An empty database beside another one, which is gone afterwards. */
@ExtendWith(SharedServer.class)
class ScratchDatabaseTest {
  private static final String NAMES =
      "SELECT datname FROM pg_database WHERE datname LIKE 'outgrow\\_scratch%' ORDER BY 1";
  private static final String LOCALE =
      "SELECT pg_encoding_to_char(encoding) || datcollate || datctype || to_jsonb(d)::text"
          + " FROM (SELECT encoding, datcollate, datctype, to_jsonb(p) ->> 'datlocprovider' AS p"
          + " FROM pg_database p WHERE datname = current_database()) d";

  private final ScratchServer server;
  private final Path folder;

  ScratchDatabaseTest(ScratchServer server, @TempDir Path folder) {
    this.server = server;
    this.folder = folder;
  }

  private static Database open(DatabaseUrl url) {
    return Database.open(DatabaseConfig.builder(url).minimumPoolSize(1).maximumPoolSize(3).build());
  }

  private static List<String> ask(Database database, String sql) {
    return database.transaction(
        tx -> {
          List<String> answers = new ArrayList<>();
          try (Statement statement = tx.connection().createStatement();
              ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
              answers.add(rows.getString(1));
            }
          }
          return answers;
        });
  }

  /** Outside of a transaction. */
  private static void run(Database database, String sql) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void onPostgresqlItIsLikeTheOtherAndGoneAfterwards() throws SQLException {
    DatabaseUrl url = server.createDatabase();
    try (Database first = open(url)) {
      run(first, "CREATE SCHEMA \"My App\"");
      run(first, "ALTER DATABASE " + url.database() + " SET search_path = \"My App\", public");
    }
    try (Database live = open(url)) {
      DatabaseUrl made;
      try (ScratchDatabase scratch = ScratchDatabase.beside(live)) {
        made = scratch.database().url();
        assertThat(made.database()).matches("outgrow_scratch_[0-9a-f]{16}");
        assertThat(scratch.toString()).contains(made.database()).doesNotContain("password");
        assertThat(ask(scratch.database(), "SELECT current_schema()")).containsExactly("My App");
        assertThat(ask(scratch.database(), LOCALE)).isEqualTo(ask(live, LOCALE));
        run(scratch.database(), "CREATE TABLE t (id integer)");
        assertThat(
                ask(scratch.database(), "SELECT schemaname FROM pg_tables WHERE tablename = 't'"))
            .containsExactly("My App");
        assertThat(ask(live, "SELECT tablename FROM pg_tables WHERE tablename = 't'")).isEmpty();
        ScratchDatabase closedTwice = scratch;
        closedTwice.close();
      }
      assertThat(ask(live, NAMES)).doesNotContain(made.database());
      assertThat(ask(live, "SELECT count(*)::text FROM pg_locks WHERE locktype = 'advisory'"))
          .containsExactly("0");
    } finally {
      server.dropDatabase(url);
    }
  }

  @Test
  void whatNobodyHoldsIsDroppedAndWhatSomebodyUsesIsNot() throws SQLException {
    DatabaseUrl url = server.createDatabase();
    String left = "outgrow_scratch_00000000000000ab";
    String other = "outgrow_scratch_of_mine";
    try (Database live = open(url)) {
      run(live, "CREATE DATABASE " + left);
      run(live, "CREATE DATABASE " + other);
      try (ScratchDatabase used = ScratchDatabase.beside(live);
          ScratchDatabase next = ScratchDatabase.beside(live)) {
        assertThat(ask(live, NAMES))
            .doesNotContain(left)
            .contains(other, used.database().url().database(), next.database().url().database());
        run(live, "CREATE DATABASE " + left);
        try (Database looking = open(server.url().withDatabase(left));
            Connection held = looking.connection();
            ScratchDatabase third = ScratchDatabase.beside(live)) {
          assertThat(held.isValid(5)).isTrue();
          assertThat(ask(live, NAMES)).contains(left, third.database().url().database());
        }
      }
    } finally {
      server.dropDatabase(server.url().withDatabase(left));
      server.dropDatabase(server.url().withDatabase(other));
      server.dropDatabase(url);
    }
  }

  @Test
  void whereThePasswordIsNotKnownItSaysSoAndLeavesNothing() {
    DatabaseUrl url = server.createDatabase();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {url.hosts().get(0).name()});
    source.setPortNumbers(new int[] {url.hosts().get(0).port()});
    source.setDatabaseName(url.database());
    try (Database known = open(url)) {
      run(known, "DROP ROLE IF EXISTS handed");
      run(known, "CREATE ROLE handed LOGIN CREATEDB PASSWORD 'secret'");
      source.setUser("handed");
      source.setPassword("secret");
      try (Database live = Database.on(source)) {
        assertThatThrownBy(() -> ScratchDatabase.beside(live))
            .isInstanceOf(AccessException.class)
            .hasMessageContaining("cannot be opened")
            .hasMessageContaining("Hand in an empty database");
      }
      assertThat(
              ask(
                  known,
                  "SELECT datname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba"
                      + " WHERE rolname = 'handed'"))
          .isEmpty();
      run(known, "DROP ROLE handed");
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    } finally {
      server.dropDatabase(url);
    }
  }

  @Test
  void onSqliteItIsAFileThatIsGoneAfterwards() throws SQLException {
    Path file;
    try (Database live = Database.open(DatabaseUrl.sqlite(folder.resolve("live.db")));
        ScratchDatabase scratch = ScratchDatabase.beside(live);
        ScratchDatabase second = ScratchDatabase.beside(live)) {
      file = scratch.database().url().file().orElseThrow();
      assertThat(second.database().url().file()).get().isNotEqualTo(file);
      run(scratch.database(), "CREATE TABLE t (id INTEGER)");
      assertThat(ask(live, "SELECT name FROM sqlite_master")).isEmpty();
      assertThat(file).exists();
    }
    assertThat(file.getParent()).doesNotExist();
  }

  @Test
  @Tag("slow")
  void whatAKilledProcessLeftIsGoneAfterTheNext() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    DatabaseUrl url = server.createDatabase();
    try (Database live = open(url)) {
      String there = kill(temporary, "postgres", url.hosts().get(0).port() + "/" + url.database());
      assertThat(ask(live, NAMES)).contains(there);
      // The server may notice a little later that the process is gone.
      long end = System.nanoTime() + 30_000_000_000L;
      while (ask(live, NAMES).contains(there)) {
        assertThat(System.nanoTime()).isLessThan(end);
        ScratchDatabase.beside(live).close();
      }
    } finally {
      server.dropDatabase(url);
    }
    kill(temporary, "sqlite", folder.resolve("a.db").toString());
    kill(temporary, "sqlite", folder.resolve("a.db").toString());
    try (Stream<Path> files = Files.walk(temporary)) {
      assertThat(files.filter(path -> path.getFileName().toString().startsWith("file-")))
          .hasSize(1);
    }
  }

  private String kill(Path temporary, String backend, String where)
      throws IOException, InterruptedException {
    Path output = folder.resolve("out" + System.nanoTime());
    List<String> command =
        List.of(
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            ChildJvm.classPath(),
            Killed.class.getName(),
            backend,
            where,
            server.passwordFile().toString());
    try (ChildJvm child = ChildJvm.start(output, command)) {
      String line = child.awaitLine("made ");
      child.kill();
      return line.substring("made ".length());
    }
  }

  /** Makes a scratch database and waits to be killed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) throws IOException {
      String url = "sqlite:///" + arguments[1];
      if (arguments[0].equals("postgres")) {
        String[] entry = Files.readString(Path.of(arguments[2])).strip().split(":", -1);
        url = "postgresql://" + entry[3] + ":" + entry[4] + "@127.0.0.1:" + arguments[1];
      }
      try (Database live = open(DatabaseUrl.parse(url));
          ScratchDatabase scratch = ScratchDatabase.beside(live)) {
        System.out.println("made " + scratch.database().url().database());
        System.in.read();
      }
    }
  }
}
