package dev.outgrow.examples.runner;

import dev.outgrow.database.Backend;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The database that the environment names. A container gets its secrets as files, since its
 * variables are there for everybody who may ask the engine about it.
 */
final class SecretFiles {
  static final String URL = "DATABASE_URL";
  static final String URL_FILE = "DATABASE_URL_FILE";
  static final String PASSWORD_FILE = "DATABASE_PASSWORD_FILE";

  private final Map<String, String> environment;

  SecretFiles(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Returns the environment with the URL in it, wherever it stood.
   *
   * @throws ConfigurationException if its file cannot be read, or both are there
   */
  Map<String, String> environment() {
    String file = value(URL_FILE);
    if (file.isEmpty()) {
      return environment;
    }
    if (!value(URL).isBlank()) {
      throw new ConfigurationException(
          URL_FILE, file, "only where " + URL + " is not set, which names a database as well");
    }
    Map<String, String> all = new HashMap<>(environment);
    all.put(URL, content(URL_FILE, file));
    return all;
  }

  /**
   * Returns a URL of the environment with the password that stands in a file, if it is one of
   * PostgreSQL that names a user and no password.
   */
  DatabaseUrl withPassword(DatabaseUrl url) {
    String file = value(PASSWORD_FILE);
    boolean lacksIt = url.user().isPresent() && !url.toString().contains(":***@");
    if (file.isEmpty() || url.backend() != Backend.POSTGRESQL || !lacksIt) {
      return url;
    }
    return url.withUser(url.user().orElseThrow(), content(PASSWORD_FILE, file));
  }

  private String value(String variable) {
    return environment.getOrDefault(variable, "");
  }

  /** A line's end behind a secret is the editor's. */
  private static String content(String variable, String file) {
    String content;
    try {
      content = Files.readString(Path.of(file)).stripTrailing();
    } catch (IOException | InvalidPathException e) {
      throw new ConfigurationException(variable, file, "a file that can be read", e);
    }
    if (content.isEmpty() || content.contains("\n")) {
      throw new ConfigurationException(variable, file, "a file of one line");
    }
    return content;
  }
}
