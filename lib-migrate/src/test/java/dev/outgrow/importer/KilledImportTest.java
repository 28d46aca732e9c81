package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.DyingImport;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that imports is killed with SIGKILL at any moment. The target is as it was; the next
 * run goes on, or begins again, and either way nothing is left over.
 */
@Tag("slow")
class KilledImportTest extends PostgresFixture {
  private static final int ROUNDS = Boolean.getBoolean("outgrow.exhaustive") ? 40 : 6;
  private static final int TABLES = 5;

  @TempDir private Path folder;

  private final List<Progress> progress = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private ImportReport run(Path file, boolean resume) {
    progress.clear();
    notes.clear();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void progressed(Progress each) {
            progress.add(each);
          }

          @Override
          public void noted(String sentence) {
            notes.add(sentence);
          }
        };
    return SqliteImport.from(file).into(database).resume(resume).onProgress(listener).run();
  }

  private Set<String> loaded() {
    Set<String> tables = new TreeSet<>();
    progress.stream()
        .filter(p -> p.phase() == Phase.LOAD && p.event() == Progress.Event.TABLE_BEGINS)
        .forEach(p -> tables.add(p.table()));
    return tables;
  }

  private Path sample() throws SQLException {
    Path file = folder.resolve("app.db");
    for (int table = 0; table < TABLES; table++) {
      SqliteFiles.make(
          file,
          "CREATE TABLE t%d(id INTEGER PRIMARY KEY, v TEXT, u INTEGER REFERENCES t%d(id))"
              .formatted(table, Math.max(0, table - 1)),
          "CREATE INDEX i%d ON t%d(v)".formatted(table, table),
          ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15000)"
                  + " INSERT INTO t%d SELECT i, 'row ' || i, i FROM n")
              .formatted(table));
    }
    return file;
  }

  /** Waits until the server has noticed that the program is gone. */
  private void untilNobodyImports() throws SQLException {
    while (!query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'").isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  @Timeout(600)
  void theNextRunGoesOnOrCleans() throws Exception {
    Path file = sample();
    int steps = steps(file);
    Random random = new Random(20261122);
    for (int round = 0; round < ROUNDS; round++) {
      int at = 1 + (round * steps / ROUNDS) + random.nextInt(Math.max(1, steps / ROUNDS));
      String last = DyingImport.killed(file, database, Math.min(at, steps));
      untilNobodyImports();
      assertThat(query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
          .as("killed %s", last)
          .isEmpty();
      Set<String> known = journalled();
      boolean resume = round % 3 != 2;
      ImportReport report = run(file, resume);
      assertThat(report.verified()).as("killed %s", last).isTrue();
      if (resume && !known.isEmpty()) {
        assertThat(notes).as("killed %s", last).hasSize(1);
        assertThat(loaded()).as("killed %s", last).doesNotContainAnyElementsOf(known);
        assertThat(loaded().size() + known.size()).isEqualTo(TABLES);
      } else {
        assertThat(loaded()).hasSize(TABLES);
      }
      assertThat(schemas()).as("killed %s", last).noneMatch(s -> s.startsWith("outgrow_staging_"));
      execute("DROP TABLE t0, t1, t2, t3, t4");
    }
  }

  private Set<String> journalled() throws SQLException {
    return query("SELECT to_regclass('outgrow.import_journal')").contains("null")
        ? Set.of()
        : new TreeSet<>(
            query(
                "SELECT t.source FROM outgrow.import_journal_table t JOIN outgrow.import_journal j"
                    + " ON j.id = t.import WHERE j.state = 'LOADING'"));
  }

  /** How many progresses an import of its own has, up to the swap. */
  private int steps(Path file) throws SQLException {
    run(file, false);
    execute("DROP TABLE t0, t1, t2, t3, t4");
    return (int)
        progress.stream()
            .takeWhile(p -> p.phase() != Phase.SWAP || p.event() == Progress.Event.PHASE_BEGINS)
            .count();
  }
}
