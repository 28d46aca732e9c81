package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.media.FirstLogin;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.migration.Migrations;
import java.nio.file.Files;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The database, on either backend, that migrations are about. */
final class MigrationPlace {
  private static final String VARIABLE = "DATABASE_URL";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:/@._*%-]+");

  @Option(
      names = "--to",
      paramLabel = "URL",
      description =
          "The database: postgresql://user@host:5432/database or sqlite:///path. Without it: the environment"
              + " variable DATABASE_URL, which keeps the password out of the list of processes; and without that"
              + " an embedded PostgreSQL that lives as long as the command.")
  private @Nullable String url;

  /** Returns whether a database was named on the command line. */
  boolean isGiven() {
    return url != null;
  }

  /**
   * Opens the database for a command that only looks: a SQLite file has to be there, since opening
   * it would make it.
   */
  int look(Console console, CommandLine command, Function<Database, ExitCode> work) {
    DatabaseUrl named = named(console);
    if (named != null) {
      named
          .file()
          .filter(file -> !Files.exists(file))
          .ifPresent(
              file -> {
                throw new ParameterException(
                    command, "There is no file " + file + "; migrate makes it");
              });
    }
    return open(console, named, work);
  }

  /** Opens the database for a command that may make a SQLite file. */
  int change(Console console, Function<Database, ExitCode> work) {
    return open(console, named(console), work);
  }

  /** Returns the migrations, for a command that does not run them. */
  Migrations chains(Database database) {
    return chains(
        database,
        login -> {
          throw new IllegalStateException("Only migrate runs what makes the first administrator");
        });
  }

  /** Returns the migrations; the commands in their remedies are about the same database. */
  Migrations chains(Database database, Consumer<FirstLogin> tell) {
    Migrations migrations = MediaChains.of(database, tell);
    return url == null
        ? migrations
        : migrations.program(
            VARIABLE + "=" + quoted(database.url().toString()) + " " + MediaChains.PROGRAM);
  }

  /** Returns a word for the shell. The password is not in it and has to be put in. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private @Nullable DatabaseUrl named(Console console) {
    String text = url == null ? console.environment().getOrDefault(VARIABLE, "") : url;
    return text.isEmpty() ? null : DatabaseUrl.parse(text);
  }

  private static int open(
      Console console, @Nullable DatabaseUrl named, Function<Database, ExitCode> work) {
    if (named != null) {
      return work(named, work);
    }
    try (ScratchServer server = ScratchServer.start()) {
      DatabaseUrl database = server.createDatabase();
      console.say(
          "No database was named. Started an embedded PostgreSQL at "
              + database
              + "; it ends with this command, and what is in it with it.");
      return work(database, work);
    }
  }

  private static int work(DatabaseUrl url, Function<Database, ExitCode> work) {
    try (Database database = TargetOption.open(url)) {
      return work.apply(database).number();
    }
  }
}
