package dev.outgrow.examples.runner;

import dev.outgrow.database.DatabaseUrl;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The database, on either backend, that a command only looks at. */
@About(Topic.WHERE)
final class DatabaseOption {
  @Option(
      names = "--to",
      paramLabel = "URL",
      description =
          "The database: postgresql://user@host:5432/database or sqlite:///path. Without it: the environment"
              + " variable DATABASE_URL, which keeps the password out of the list of processes; and without that,"
              + " but not of imports, an embedded PostgreSQL that lives as long as the command.")
  private @Nullable String url;

  @Option(
      names = "--schema",
      paramLabel = "S",
      description = "The schema in it. Without it: public, or main of a SQLite file.")
  private @Nullable String schema;

  Optional<String> schema() {
    return Optional.ofNullable(schema);
  }

  /** Returns what was named, for a command that an empty database has nothing to tell. */
  DatabaseUrl required(Console console, CommandLine command) {
    DatabaseUrl named =
        console
            .database(url)
            .orElseThrow(
                () ->
                    new ParameterException(
                        command, "No database: give --to URL or set DATABASE_URL"));
    TargetOption.refuseMissing(command, named);
    return named;
  }

  /**
   * Looks at what was named, or at an embedded server where nothing was. A SQLite file has to be
   * there, since opening it would make it.
   */
  int look(Console console, CommandLine command, Function<DatabaseUrl, ExitCode> work) {
    Optional<DatabaseUrl> named = console.database(url);
    if (named.isEmpty()) {
      return Embedded.during(console, database -> work.apply(database).number());
    }
    TargetOption.refuseMissing(command, named.get());
    return work.apply(named.get()).number();
  }
}
