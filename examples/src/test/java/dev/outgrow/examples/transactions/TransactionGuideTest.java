package dev.outgrow.examples.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.error.ConstraintException;
import dev.outgrow.examples.guide.GuidePage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows is compiled, and does what the guide says, on both backends. */
class TransactionGuideTest {
  @TempDir private Path folder;

  @Test
  void itsCodeIsTheCodeThatIsCompiledHere() throws IOException {
    GuidePage.assertShows("transactions.md", "transactions/TransactionGuide.java", 5);
  }

  @Test
  void doesWhatItSaysOnBothBackends() {
    try (ScratchServer server = ScratchServer.start()) {
      for (DatabaseUrl url :
          List.of(DatabaseUrl.sqlite(folder.resolve("app.db")), server.createDatabase())) {
        try (Database db = Database.open(url)) {
          show(db);
        }
      }
    }
  }

  private static void show(Database db) {
    db.inTransaction(
        tx -> {
          try (Statement statement = tx.connection().createStatement()) {
            statement.execute("CREATE TABLE movie (title VARCHAR(40) NOT NULL UNIQUE)");
          }
        });

    assertThat(TransactionGuide.addAndCount(db, "Alien")).isEqualTo(1);
    assertThat(TransactionGuide.addOnce(db, "Alien")).isFalse();
    assertThat(TransactionGuide.addOnce(db, "Brazil")).isTrue();
    TransactionGuide.addIfFew(db, "Casablanca", 2);
    TransactionGuide.addIfFew(db, "Diva", 3);
    assertThat(
            TransactionGuide.explain(
                catchThrowableOfType(
                    ConstraintException.class, () -> TransactionGuide.addAndCount(db, "Diva"))))
        .isEqualTo("There is one already: title");
  }
}
