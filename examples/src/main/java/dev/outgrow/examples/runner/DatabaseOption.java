package dev.outgrow.examples.runner;

import dev.outgrow.database.DatabaseUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The database, on either backend, that a command only looks at. */
final class DatabaseOption {
  private static final String VARIABLE = "DATABASE_URL";

  @Option(
      names = "--to",
      paramLabel = "URL",
      description =
          "The database: postgresql://user@host:5432/database or sqlite:///path. Without it: the environment"
              + " variable DATABASE_URL, which keeps the password out of the list of processes.")
  private @Nullable String url;

  @Option(
      names = "--schema",
      paramLabel = "S",
      description = "The schema in it. Without it: public, or main of a SQLite file.")
  private @Nullable String schema;

  Optional<String> schema() {
    return Optional.ofNullable(schema);
  }

  /** Returns what was named, on the command line or in the environment. */
  DatabaseUrl named(Console console, CommandLine command) {
    String text = url == null ? console.environment().getOrDefault(VARIABLE, "") : url;
    if (text.isEmpty()) {
      throw new ParameterException(command, "No database: give --to URL or set DATABASE_URL");
    }
    return DatabaseUrl.parse(text);
  }

  /** Returns what was named; a SQLite file has to be there, since opening it would make it. */
  DatabaseUrl existing(Console console, CommandLine command) {
    DatabaseUrl named = named(console, command);
    Path file = named.file().orElse(null);
    if (file != null && !Files.exists(file)) {
      throw new ParameterException(command, "There is no file " + file);
    }
    return named;
  }
}
