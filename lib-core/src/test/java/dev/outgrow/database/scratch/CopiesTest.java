package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What copies of a template cost the server, and what they are made of. */
@ExtendWith(SharedServer.class)
class CopiesTest {
  private final ScratchServer server;
  private final Path folder;
  private final AtomicInteger prepared = new AtomicInteger();

  CopiesTest(ScratchServer server, @TempDir Path folder) {
    this.server = server;
    this.folder = folder;
  }

  private ScratchSettings.Builder settings() {
    return ScratchSettings.builder()
        .source(ScratchSource.server(server.url()))
        .folder(folder.resolve("kept"));
  }

  private ScratchTemplate template() {
    return new ScratchTemplate(
        Backend.POSTGRESQL,
        "copies of " + folder,
        database -> {
          prepared.incrementAndGet();
          ScratchPoolTest.run(database, "CREATE TABLE t AS VALUES (1), (2)");
        });
  }

  private List<String> databases() {
    try (Database live = Database.open(server.url())) {
      return ScratchPoolTest.ask(
          live, "SELECT datname FROM pg_database WHERE datname LIKE 'outgrow%'");
    }
  }

  @Test
  void aTestThatTakesOneConnectionHasOneSession() throws SQLException {
    try (ScratchPool pool = ScratchPool.open(settings().ahead(0).build(), template());
        ScratchDatabase one = pool.take();
        Connection connection = one.database().connection();
        Statement statement = connection.createStatement()) {
      // A second one would be there a few milliseconds after the first is borrowed.
      for (int time = 0; time < 200; time++) {
        try (ResultSet sessions =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND backend_type = 'client backend'")) {
          sessions.next();
          assertThat(sessions.getInt(1)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void whatTheServerHasSetForAllIsNotSetForEachCopy() {
    try (ScratchPool pool = ScratchPool.open(settings().ahead(0).build(), template());
        ScratchDatabase one = pool.take()) {
      assertThat(ScratchPoolTest.ask(one.database(), "SHOW synchronous_commit"))
          .containsExactly("off");
      assertThat(
              ScratchPoolTest.ask(
                  one.database(),
                  "SELECT unnest(setconfig) FROM pg_db_role_setting s JOIN pg_database d"
                      + " ON d.oid = s.setdatabase WHERE d.datname = current_database()"))
          .isEmpty();
    }
  }

  /** In a run that has not made the template, from the fourth copy on. */
  @Test
  void laterCopiesAreMadeOfOneInWhichASessionHasLeftWhatItRead() {
    List<String> before = databases();
    ScratchSettings none = settings().ahead(0).build();
    try (ScratchPool making = ScratchPool.open(none, template())) {
      making.take().close();
    }
    try (ScratchPool pool = ScratchPool.open(none, template());
        Database live = Database.open(server.url())) {
      for (int copy = 1; copy <= 5; copy++) {
        try (ScratchDatabase one = pool.take()) {
          assertThat(ScratchPoolTest.ask(one.database(), "SELECT count(*) FROM t"))
              .containsExactly("2");
        }
        awaitSources(live, before, copy < 4 ? 0 : 1);
      }
      String source = awaitSources(live, before, 1).get(0);
      String files = "SELECT pg_ls_dir('base/' || oid) FROM pg_database WHERE datname = ";
      assertThat(ScratchPoolTest.ask(live, files + "'" + source + "'"))
          .contains("pg_internal.init");

      ScratchPoolTest.run(live, "DROP DATABASE " + source);
      pool.take().close();
    }
    assertThat(prepared).hasValue(1);
    List<String> left = new ArrayList<>(databases());
    left.removeAll(before);
    assertThat(left).hasSize(1).allMatch(name -> name.startsWith(PostgresTemplate.PREFIX));
  }

  /** Returns those that nobody is in, behind those that are being dropped. */
  private static List<String> awaitSources(Database live, List<String> others, int wanted) {
    String sql =
        "SELECT datname FROM pg_database d WHERE datname LIKE 'outgrow_scratch_%' AND NOT EXISTS"
            + " (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)";
    long start = System.nanoTime();
    while (true) {
      List<String> found = new ArrayList<>(ScratchPoolTest.ask(live, sql));
      found.removeAll(others);
      if (found.size() == wanted) {
        return found;
      }
      assertThat(System.nanoTime() - start).as("%s", found).isLessThan(60_000_000_000L);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
