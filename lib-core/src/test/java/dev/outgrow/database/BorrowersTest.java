package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who has a connection in use is known where it was asked for, and what is given back is not. */
@ExtendWith(SharedServer.class)
class BorrowersTest {
  @TempDir private Path folder;

  @Test
  void tellsWhereWhatWasNotGivenBackWasBorrowed(ScratchServer server) throws Exception {
    for (DatabaseUrl url : List.of(server.createDatabase(), sqlite())) {
      try (Database db = remembering(url)) {
        Connection kept = db.dataSource().getConnection();
        db.read(tx -> db.borrowed().size());

        assertThat(db.borrowed()).hasSize(1);
        BorrowedConnection borrowed = db.borrowed().get(0);
        assertThat(borrowed.is(kept)).isTrue();
        assertThat(borrowed.borrower()).isSameAs(Thread.currentThread());
        assertThat(borrowed.stack().stream().map(StackTraceElement::getMethodName))
            .contains("tellsWhereWhatWasNotGivenBackWasBorrowed");
        kept.close();
        assertThat(db.borrowed()).isEmpty();
      }
    }
  }

  @Test
  void knowsTheSessionAndWhatIsBesideThePool(ScratchServer server) throws SQLException {
    try (Database db = remembering(server.createDatabase());
        Connection own = db.ownConnection();
        Statement statement = own.createStatement();
        ResultSet pid = statement.executeQuery("SELECT pg_backend_pid()")) {
      pid.next();

      assertThat(db.borrowed()).hasSize(1);
      assertThat(db.borrowed().get(0).session()).hasValue(pid.getInt(1));
    }
  }

  @Test
  void givesBackForWhoeverForgot() throws Exception {
    try (Database db = remembering(sqlite())) {
      Connection forgotten = db.connection();
      forgotten.setAutoCommit(false);
      try (Statement statement = forgotten.createStatement()) {
        statement.execute("CREATE TABLE t (id INTEGER)");
      }

      db.borrowed().get(0).giveBack();

      assertThat(forgotten.isClosed()).isTrue();
      assertThat(db.borrowed()).isEmpty();
      // The writer is free again, and what was not committed is not there.
      db.inTransaction(
          tx -> {
            try (Statement statement = tx.connection().createStatement()) {
              statement.execute("CREATE TABLE t (id INTEGER)");
            }
          });
    }
  }

  @Test
  void remembersNobodyUnlessAskedTo() throws SQLException {
    try (Database db = Database.open(sqlite());
        Connection borrowed = db.connection()) {
      assertThat(borrowed.isClosed()).isFalse();
      assertThat(db.borrowed()).isEmpty();
    }
  }

  private DatabaseUrl sqlite() {
    return DatabaseUrl.sqlite(folder.resolve("app.db"));
  }

  private static Database remembering(DatabaseUrl url) {
    return Database.open(DatabaseConfig.builder(url).rememberBorrowers(true).build());
  }
}
