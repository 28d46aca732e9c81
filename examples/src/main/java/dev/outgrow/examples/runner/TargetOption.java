package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The PostgreSQL a command is about. */
final class TargetOption {
  private static final String VARIABLE = "DATABASE_URL";

  @Option(
      names = "--to",
      paramLabel = "URL",
      description =
          "The PostgreSQL, such as postgresql://user@host:5432/database. Without it: the environment variable"
              + " DATABASE_URL, which keeps the password out of the list of processes.")
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

  /** Returns what was named, on the command line or in the environment. */
  Optional<DatabaseUrl> named(Console console) {
    String text = url == null ? console.environment().getOrDefault(VARIABLE, "") : url;
    return text.isEmpty() ? Optional.empty() : Optional.of(DatabaseUrl.parse(text));
  }
}
