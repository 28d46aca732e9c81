package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Which database an application uses, and why. The first of these that names one decides:
 *
 * <ol>
 *   <li>the program itself: {@link Builder#url}
 *   <li>the system property {@code outgrow.database.url}
 *   <li>the environment variable {@code DATABASE_URL}
 *   <li>nobody: the file {@code application.db} in the application's data folder, on SQLite
 * </ol>
 *
 * <p>A text of blanks alone names nothing, as a variable that is passed on and was never set. A URL
 * that cannot be read is refused, naming where it stands; the next is not tried.
 *
 * <p>The data folder of an application {@code media} is {@code $XDG_DATA_HOME/media} where that is
 * an absolute path and else {@code ~/.local/share/media}; on macOS {@code ~/Library/Application
 * Support/media}, on Windows {@code %LOCALAPPDATA%\media}. It is made when the database is opened,
 * for the user alone, if it is not there.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class DatabaseChoice {
  /** The system property that names a database: {@value}. */
  public static final String PROPERTY = "outgrow.database.url";

  /** The environment variable that names a database: {@value}. */
  public static final String VARIABLE = "DATABASE_URL";

  private final DatabaseUrl url;
  private final String reason;
  private final boolean inDataFolder;

  private DatabaseChoice(DatabaseUrl url, String reason, boolean inDataFolder) {
    this.url = url;
    this.reason = reason;
    this.inDataFolder = inDataFolder;
  }

  /** Chooses a database that the program names and nothing else could. */
  static DatabaseChoice named(DatabaseUrl url) {
    return new DatabaseChoice(url, "named by the program", false);
  }

  /** The database of a data source that the program has opened. */
  static DatabaseChoice handedIn(DatabaseUrl url) {
    return new DatabaseChoice(url, "handed in by the program", false);
  }

  /**
   * Returns a builder for an application.
   *
   * @param application its name, of which the data folder's and the file's are made: 1 to 63 ASCII
   *     letters, digits, spaces and {@code . _ -}, a letter or digit first and last
   * @throws ConfigurationException if the name is another
   */
  public static Builder forApplication(String application) {
    return new Builder(application);
  }

  /** Returns where the database is. */
  public DatabaseUrl url() {
    return url;
  }

  /** Returns why it is this one, as a phrase: {@code "named by the program"}. */
  public String reason() {
    return reason;
  }

  /** Whether it is a file in the application's data folder, which may have to be made. */
  boolean inDataFolder() {
    return inDataFolder;
  }

  /** Returns the URL and the reason for people and logs, without a credential. */
  @Override
  public String toString() {
    return url + ", " + reason;
  }

  /**
   * Collects what could name a database.
   *
   * <p><em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  public static final class Builder {
    private final String application;
    private @Nullable String url;
    private @Nullable Path dataFolder;
    private Map<String, String> environment = System.getenv();
    private Properties systemProperties = System.getProperties();

    private Builder(String application) {
      this.application = DataFolder.requireName(application);
    }

    /**
     * Sets what the program was told, on its command line or in its own settings, in one of the
     * forms of {@link DatabaseUrl}; null or blanks if nothing.
     */
    public Builder url(@Nullable String text) {
      this.url = text;
      return this;
    }

    /** Sets the application's data folder, by default the system's for its name. */
    public Builder dataFolder(Path folder) {
      this.dataFolder = folder;
      return this;
    }

    /** Sets the environment variables to look into, by default the process's. */
    public Builder environment(Map<String, String> variables) {
      this.environment = Map.copyOf(variables);
      return this;
    }

    /** Sets the system properties to look into, by default the JVM's. */
    public Builder systemProperties(Properties properties) {
      this.systemProperties = properties;
      return this;
    }

    /**
     * Chooses. Nothing is opened or made.
     *
     * @throws ConfigurationException if the URL that decides cannot be read, or if the data folder
     *     is needed and the system does not say where it is
     */
    public DatabaseChoice choose() {
      String property = systemProperties.getProperty(PROPERTY);
      if (isSet(url)) {
        return read(url, "the program");
      }
      if (isSet(property)) {
        return read(property, "the system property " + PROPERTY);
      }
      String variable = environment.get(VARIABLE);
      return isSet(variable)
          ? read(variable, "the environment variable " + VARIABLE)
          : inDataFolder();
    }

    private static boolean isSet(@Nullable String text) {
      return text != null && !text.isBlank();
    }

    private static DatabaseChoice read(@Nullable String text, String namedBy) {
      try {
        String given = text == null ? "" : text.strip();
        return new DatabaseChoice(DatabaseUrl.parse(given), "named by " + namedBy, false);
      } catch (ConfigurationException refused) {
        throw new ConfigurationException(
            refused.option() + ", named by " + namedBy + ",", refused.value(), refused.allowed());
      }
    }

    private DatabaseChoice inDataFolder() {
      Path folder =
          dataFolder == null
              ? DataFolder.of(application, environment, systemProperties)
              : dataFolder;
      return new DatabaseChoice(
          DatabaseUrl.sqlite(folder.resolve(application + ".db")),
          "since neither the program nor " + PROPERTY + " nor " + VARIABLE + " names another",
          true);
    }
  }
}
