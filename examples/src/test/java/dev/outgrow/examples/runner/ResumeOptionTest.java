package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who goes on with an import, or finds what one has left behind. */
class ResumeOptionTest extends RunnerFixture {
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void sample() throws SQLException {
    file = sqlite(folder.resolve("a.db"), "CREATE TABLE t(i)", "INSERT INTO t VALUES (1)");
  }

  @Test
  void whereThereIsNothingToGoOnWithTheImportSaysSo() {
    Outcome outcome = run("import", file.toString(), "--to", target(), "--resume");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("There is nothing to go on with");
  }

  @Test
  void itNeedsATargetThatStaysAndTablesOfItsOwn() {
    Outcome embedded = run("import", file.toString(), "--resume");
    assertThat(embedded.exitCode()).isEqualTo(2);
    assertThat(embedded.err()).contains("--resume needs a target");
    Outcome existing =
        run("import", file.toString(), "--to", target(), "--resume", "--into-existing");
    assertThat(existing.exitCode()).isEqualTo(2);
    assertThat(existing.err()).contains("--into-existing");
  }

  @Test
  void leftOversAreNamedByTheDoctorAndCleanedByTheNextImport() {
    postgres(
        "CREATE SCHEMA outgrow_staging_1",
        "COMMENT ON SCHEMA outgrow_staging_1 IS 'Outgrow stages an import into schema public'",
        "CREATE TABLE outgrow_staging_1.t (i int)");
    Outcome doctor = run("doctor", "--to", target());
    assertThat(doctor.exitCode()).isZero();
    assertThat(doctor.out())
        .contains("ok       left by an import: Schema outgrow_staging_1 holds what an import");
    Outcome outcome = run("import", file.toString(), "--to", target());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("Cleaned what the import of an unknown time into schema public had left behind");
    assertThat(run("doctor", "--to", target()).out()).doesNotContain("outgrow_staging_1");
  }
}
