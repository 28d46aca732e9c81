package dev.outgrow.importer.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.importer.report.ImportReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The import after one that was killed: it begins anew, or goes on with what is loaded. */
final class NextRun implements ProgressListener {
  private static final String EXISTS = "SELECT to_regclass('outgrow.import_journal') IS NOT NULL";

  /** What the journal says of tables is in the transaction that loads them. */
  private static final String KEPT =
      "SELECT t.source FROM outgrow.import_journal_table t"
          + " JOIN outgrow.import_journal j ON j.id = t.import"
          + " JOIN pg_namespace n ON n.nspname = j.staging"
          + " WHERE j.state IN ('LOADING', 'STOPPED') AND j.mode = 'create'";

  private static final String OPEN =
      "SELECT id, state FROM outgrow.import_journal WHERE state IN ('LOADING', 'STOPPED')";

  private final boolean resumes;
  private final Set<String> kept;
  private final Set<String> loaded = new HashSet<>();

  private NextRun(boolean resumes, Set<String> kept) {
    this.resumes = resumes;
    this.kept = kept;
  }

  /** Prepares it. */
  static NextRun of(Connection admin, boolean resumes) throws SQLException {
    return new NextRun(resumes, Set.copyOf(ask(admin, KEPT)));
  }

  @Override
  public void progressed(Progress progress) {
    if (progress.phase() == Phase.LOAD && progress.event() == Progress.Event.TABLE_BEGINS) {
      loaded.add(progress.table());
    }
  }

  /** Runs it; returns how many tables it has not loaded again. */
  int run(DyingImport dying, String url, String how) {
    ImportReport report = dying.run(url, carry -> carry.resume(resumes), this);
    assertThat(report.verified()).as(how).isTrue();
    Set<String> expected = new HashSet<>(History.TABLES);
    if (resumes) {
      expected.removeAll(kept);
    }
    assertThat(loaded).as("%s: loaded by the next run", how).isEqualTo(expected);
    return resumes ? kept.size() : 0;
  }

  /** Returns the imports that the journal believes to be under way. */
  static List<String> open(Connection admin) throws SQLException {
    return ask(admin, OPEN);
  }

  private static List<String> ask(Connection admin, String query) throws SQLException {
    return History.rows(admin, EXISTS).equals(List.of("true"))
        ? History.rows(admin, query)
        : List.of();
  }
}
