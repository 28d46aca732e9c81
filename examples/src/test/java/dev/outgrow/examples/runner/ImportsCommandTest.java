package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.importer.journal.Journal;
import dev.outgrow.importer.journal.JournalImport;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.postgres.Moved;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports can be listed, undone and discarded from the command line. */
class ImportsCommandTest extends RunnerFixture {
  @TempDir private Path folder;

  @Test
  void anImportIsListedUndoneAndDiscarded() throws SQLException {
    postgres("CREATE TABLE item (v text)", "INSERT INTO item VALUES ('former')");
    String id = replaced();

    Outcome listed = run("imports", "--to", target());
    assertThat(listed.out())
        .contains(id, "swapped", "public_before_" + id + ", ", "KiB", "outgrow imports undo " + id);

    assertThat(run("imports", "undo", id, "--to", target(), "--confirm", "other"))
        .satisfies(o -> assertThat(o.exitCode()).isEqualTo(2))
        .satisfies(o -> assertThat(o.err()).contains("went into another schema than other"));
    Outcome undone = run("imports", "undo", id, "--to", target(), "--confirm", "public");
    assertThat(undone.err()).isEmpty();
    assertThat(undone.exitCode()).isZero();
    assertThat(undone.out())
        .contains("Schema public is what it was before import " + id)
        .contains("public_undone_" + id);
    assertThat(run("imports", "undo", id, "--to", target(), "--confirm", "public"))
        .satisfies(o -> assertThat(o.exitCode()).isEqualTo(1))
        .satisfies(o -> assertThat(o.err()).contains("undone already"));

    assertThat(run("imports", "--to", target(), "--json").out())
        .contains("\"id\" : \"" + id + "\"", "\"state\" : \"undone\"", "\"bytes\" : ");
    Outcome discarded =
        run("imports", "discard", id, "--to", target(), "--confirm", "public", "--json");
    assertThat(discarded.out()).contains("public_undone_" + id);
    assertThat(run("imports", "discard", id, "--to", target(), "--confirm", "public"))
        .satisfies(o -> assertThat(o.exitCode()).isEqualTo(1))
        .satisfies(o -> assertThat(o.err()).contains("Nothing is kept"));
  }

  @Test
  void whereNothingIsKnownThatIsSaid() {
    assertThat(run("imports", "--to", target()).out()).isEqualTo("No import is known here.\n");
    assertThat(run("imports", "undo", "1", "--to", target(), "--confirm", "public").err())
        .contains("no import 1");
    assertThat(run("imports").err()).contains("give --to URL");
  }

  /** Imports over what is there, and returns its id, which the report tells. */
  private String replaced() throws SQLException {
    Path file =
        sqlite(folder.resolve("app.db"), "CREATE TABLE item(id INTEGER PRIMARY KEY, v TEXT)");
    Outcome done = run("import", file.toString(), "--to", target(), "--replace");
    assertThat(done.exitCode()).isZero();
    String told = "imports undo ";
    String id = done.out().substring(done.out().indexOf(told) + told.length()).split(";", 2)[0];
    assertThat(done.out()).contains("outgrow imports discard " + id);
    writeDown(id, file);
    return id;
  }

  /** Writes it into the journal, unless it is there. */
  private void writeDown(String id, Path file) throws SQLException {
    try (Database database = Database.open(url());
        Connection connection = database.connection()) {
      Journal journal = Journal.open(connection).orElseThrow();
      if (journal.entry(id).isEmpty()) {
        ImportNames names = ImportNames.of("public", id);
        journal.begin(
            new JournalImport(
                id,
                "public",
                names.staging(),
                names.before(),
                names.rejects(),
                "create",
                file.toString(),
                "",
                ""));
        journal.swapped(id, new Moved(false, names.before(), List.of(), List.of(), false).json());
      }
    }
  }
}
