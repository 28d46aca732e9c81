package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.ChainState;
import dev.outgrow.migration.ChainStatus;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.authoring.SchemaChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A migration of what differs from a wanted schema.
 *
 * @param chain the chain's name
 * @param folder where its scripts lie
 * @param wanted a file with the SQL that makes the wanted schema
 * @param ofScripts whether the end of the scripts is compared, and not the database
 */
record DiffMigration(String chain, Path folder, Path wanted, boolean ofScripts) {

  /** What the JSON has. */
  record Written(
      List<String> files, List<SchemaChange.Statement> statements, List<String> notWritten) {}

  /**
   * Returns why the database is not where the new migration would begin: its difference would hold
   * what scripts make that run before. Empty if it is, or the scripts are compared.
   */
  Optional<String> refusal(Migrations migrations) {
    if (ofScripts) {
      return Optional.empty();
    }
    ChainStatus status = migrations.check().chain(chain);
    return status.state() == ChainState.CURRENT
        ? Optional.empty()
        : Optional.of(
            "Chain "
                + chain
                + " is "
                + status.state()
                + " in this database, so the difference would hold what other scripts make. "
                + status.remedy().map(remedy -> remedy + " Or give").orElse("Give")
                + " --from-scripts. Nothing was written.");
  }

  /** Writes the migration for the database's backend; no file where there is nothing to run. */
  Written write(Database database, Migrations migrations, String description) {
    String sql = read();
    SchemaChange change =
        ofScripts ? migrations.changeOfScriptsTo(chain, sql) : migrations.changeTo(chain, sql);
    List<Path> files =
        change.statements().isEmpty()
            ? List.of()
            : migrations
                .newMigration(chain, folder)
                .only(database.backend())
                .content(change.text())
                .write(description);
    return new Written(
        files.stream().map(Path::toString).toList(), change.statements(), change.notWritten());
  }

  private String read() {
    try {
      return Files.readString(wanted);
    } catch (IOException e) {
      throw new ConfigurationException(
          "--from-diff", wanted.toString(), "a text in UTF-8 that can be read", e);
    }
  }

  /** Prints it for people: the file, then what to look at in it. */
  static String text(Written written) {
    StringBuilder text = new StringBuilder();
    written.files().forEach(file -> text.append(Console.printable(file)).append('\n'));
    for (SchemaChange.Statement statement : written.statements()) {
      line(text, "warning", statement.warning());
    }
    written.notWritten().forEach(what -> line(text, "not written", what));
    return text.append(summary(written)).toString();
  }

  private static void line(StringBuilder text, String kind, String what) {
    if (!what.isEmpty()) {
      text.append(String.format("  %-11s  %s%n", kind, Console.printable(what)));
    }
  }

  private static String summary(Written written) {
    if (!written.files().isEmpty()) {
      int count = written.statements().size();
      return (count == 1 ? "1 statement" : count + " statements")
          + ", to be reviewed. Nothing takes it back yet: write "
          + Console.printable(undo(written.files().get(0)))
          + " beside it.\n";
    }
    return written.notWritten().isEmpty()
        ? "Nothing differs, so nothing was written.\n"
        : "Nothing was written: there is no statement to run.\n";
  }

  /** The script that would take it back. */
  private static String undo(String file) {
    return "U" + String.valueOf(Path.of(file).getFileName()).substring(1);
  }
}
