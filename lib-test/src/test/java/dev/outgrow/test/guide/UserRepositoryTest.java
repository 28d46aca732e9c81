package dev.outgrow.test.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.test.AppChains;
import dev.outgrow.test.BackendPair;
import dev.outgrow.test.BothBackends;
import dev.outgrow.test.EachBackend;
import dev.outgrow.test.PostgresTest;
import dev.outgrow.test.ReadOnly;
import dev.outgrow.test.Seed;
import dev.outgrow.test.SqliteFile;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.sql.Connection;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UserRepositoryTest {
  // begin first
  @PostgresTest(chains = AppChains.class)
  static class UsersTest {
    @Test
    void addsAUser(Database db, DSLContext jooq) {
      jooq.execute("insert into users (id, name) values (1, 'Ann')");

      assertThat(db.<String>read(tx -> Guide.nameOf(tx, 1))).isEqualTo("Ann");
    }
  }

  // end first

  // begin own-annotation
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @PostgresTest(chains = AppChains.class)
  @interface AppTest {}

  // end own-annotation

  // begin seeds
  @AppTest
  @Seed("/dev/outgrow/test/two-users.sql")
  static class StatisticsTest {
    @Test
    @ReadOnly
    void countsUsers(DSLContext jooq) {
      assertThat(jooq.fetchCount(jooq.selectFrom("users"))).isEqualTo(2);
    }
  }

  // end seeds

  // begin each
  @EachBackend(chains = AppChains.class)
  void findsNobodyInAnEmptyDatabase(Database db) {
    assertThat(db.<String>read(tx -> Guide.nameOf(tx, 1))).isEqualTo("nobody");
  }

  // end each

  // begin both
  @Test
  @BothBackends(chains = AppChains.class)
  @Seed("/dev/outgrow/test/two-users.sql")
  void sortsAlike(BackendPair pair) {
    pair.assertSame("SELECT id, name FROM users ORDER BY name, id");
  }

  // end both

  // begin file
  @Test
  @AppTest
  void readsWhatAnOldVersionWrote(@SqliteFile("/dev/outgrow/test/empty.db") Path old, Database db) {
    assertThat(Guide.version(old)).isEqualTo(7);
    assertThat(db.<String>read(tx -> Guide.nameOf(tx, 1))).isEqualTo("nobody");
  }

  // end file

  @Nested
  class First extends UsersTest {}

  @Nested
  class Seeded extends StatisticsTest {}

  @Test
  void theSpringConfigurationGivesADataSource() throws Exception {
    try (ScratchConfiguration configuration = new ScratchConfiguration();
        Connection connection = configuration.dataSource().getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }
}
