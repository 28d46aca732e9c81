package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The database a command is about. */
@About(Topic.WHERE)
final class TargetOption {
  @Option(
      names = "--to",
      paramLabel = "URL",
      description =
          "The PostgreSQL, such as postgresql://user@host:5432/database. Without it: the environment variable"
              + " DATABASE_URL, which keeps the password out of the list of processes. To import, plan and verify, also"
              + " a SQLite file: sqlite:///path.")
  private @Nullable String url;

  @Option(
      names = "--schema",
      paramLabel = "S",
      defaultValue = "public",
      description = "The schema in it. Without it: ${DEFAULT-VALUE}.")
  private String schema = "public";

  String schema() {
    return schema;
  }

  /**
   * Opens a database for one command, which uses one or two connections and not a service's ten.
   */
  static Database open(DatabaseUrl url) {
    return Database.open(DatabaseConfig.builder(url).minimumPoolSize(1).build());
  }

  /**
   * Refuses a SQLite file that is not there, for commands that write nothing: opening it would make
   * it.
   */
  static void refuseMissing(CommandLine command, DatabaseUrl url) {
    url.file()
        .filter(file -> !Files.exists(file))
        .ifPresent(
            file -> {
              throw new ParameterException(command, "There is no file " + file);
            });
  }

  /** Returns what was named, on the command line or in the environment. */
  Optional<DatabaseUrl> named(Console console) {
    return console.database(url);
  }
}
