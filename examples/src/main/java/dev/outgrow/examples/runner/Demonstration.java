package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.media.MediaHistory;
import dev.outgrow.examples.media.MediaStatistics;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Shows everything on a file of its own: a year of media history with the usual dirt in it, carried
 * into an embedded PostgreSQL and asked for five statistics there.
 */
final class Demonstration {
  private static final String SCHEMA = "public";

  /**
   * Rows of deleted users and items are part of the dirt; their keys then hold for new rows only.
   */
  private static final List<Kind> ACCEPTED = List.of(Kind.FOREIGN_KEY_VALIDATION);

  private final Console console;
  private final int sessions;
  private final boolean json;

  Demonstration(Console console) {
    this(console, MediaHistory.SESSIONS);
  }

  Demonstration(Console console, int sessions) {
    this(console, sessions, false);
  }

  private Demonstration(Console console, int sessions, boolean json) {
    this.console = console;
    this.sessions = sessions;
    this.json = json;
  }

  /** Returns one whose result is the import's report as JSON, or not. */
  Demonstration asJson(boolean wanted) {
    return new Demonstration(console, sessions, wanted);
  }

  ExitCode run() {
    try {
      Path folder = Files.createTempDirectory("outgrow-demonstration");
      Path file = folder.resolve("media-history.sqlite");
      try {
        return run(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder for temporary files cannot be used", e);
    }
  }

  private ExitCode run(Path file) {
    say("1. Making a year of media history in %s (%,d sessions).", file, sessions);
    MediaHistory.write(file, sessions);
    say("2. Starting an embedded PostgreSQL.");
    try (ScratchServer server = ScratchServer.start()) {
      DatabaseUrl url = server.createDatabase();
      say("3. Carrying the file into %s.", url);
      try (Database database = Database.open(url)) {
        ImportReport report = carry(file, database);
        String statistics =
            database.read(tx -> MediaStatistics.read(tx.connection(), SCHEMA)).text();
        if (json) {
          console.out().print(ReportJson.of(report));
        } else {
          console.out().println();
          console.out().print(ReportText.of(report, ACCEPTED));
          console.out().println();
          console.out().print(statistics);
          console.out().println();
        }
        say("verified: %,d of %,d rows", report.rowsVerified(), report.rowsRead());
        return report.leftBehind(ACCEPTED).isEmpty() ? ExitCode.VERIFIED : ExitCode.LEFT_BEHIND;
      }
    }
  }

  private ImportReport carry(Path file, Database database) {
    try (Signals signals = Signals.cancelling(console);
        ProgressDisplay display = ProgressDisplay.of(console)) {
      return SqliteImport.from(file)
          .into(database)
          .schema(SCHEMA)
          .orphans(Orphans.KEEP)
          .onProgress(display)
          .cancelledBy(signals.cancellation())
          .run();
    }
  }

  private void say(String format, Object... arguments) {
    PrintStream stream = json ? console.err() : console.out();
    stream.println(String.format(Locale.ROOT, format, arguments));
  }
}
