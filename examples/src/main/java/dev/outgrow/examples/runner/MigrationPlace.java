package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.examples.media.FirstLogin;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.migration.Migrations;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The database, on either backend, that migrations are about. */
@About(Topic.WHERE)
final class MigrationPlace {
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
    Optional<DatabaseUrl> named = console.database(url);
    named
        .flatMap(DatabaseUrl::file)
        .filter(file -> !Files.exists(file))
        .ifPresent(
            file -> {
              throw new ParameterException(
                  command, "There is no file " + file + "; migrate makes it");
            });
    return open(console, named, work);
  }

  /** Opens the database for a command that may make a SQLite file. */
  int change(Console console, Function<Database, ExitCode> work) {
    return open(console, console.database(url), work);
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
            SecretFiles.URL + "=" + quoted(database.url().toString()) + " " + MediaChains.PROGRAM);
  }

  /** Returns a word for the shell. The password is not in it and has to be put in. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static int open(
      Console console, Optional<DatabaseUrl> named, Function<Database, ExitCode> work) {
    return named.isPresent()
        ? work(named.get(), work)
        : Embedded.during(console, database -> work(database, work));
  }

  private static int work(DatabaseUrl url, Function<Database, ExitCode> work) {
    try (Database database = TargetOption.open(url)) {
      return work.apply(database).number();
    }
  }
}
