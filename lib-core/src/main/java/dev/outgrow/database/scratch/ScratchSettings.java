package dev.outgrow.database.scratch;

import dev.outgrow.error.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * How a {@link ScratchPool} comes by its databases. Defaults: the embedded server, kept in {@code
 * outgrow} below the user's cache folder, its data in memory where there is room; 2 clones ahead;
 * at most 100 databases in use at once, of at most 10 connections each; templates are dropped 7
 * days after their last use.
 *
 * <p>{@link #fromEnvironment} reads these, the system property before the environment variable:
 *
 * <ul>
 *   <li>{@code outgrow.test.source}, {@code OUTGROW_TEST_SOURCE}: {@code embedded}, {@code
 *       testcontainers} or the URL of a PostgreSQL database
 *   <li>{@code outgrow.test.folder}, {@code OUTGROW_TEST_FOLDER}: where servers, templates and
 *       binaries are kept
 *   <li>{@code outgrow.test.image}, {@code OUTGROW_TEST_IMAGE}: the container's image
 *   <li>{@code outgrow.test.ahead}, {@code OUTGROW_TEST_AHEAD}: how many clones are made ahead
 *   <li>{@code outgrow.test.memory}, {@code OUTGROW_TEST_MEMORY}: {@code auto} or {@code never},
 *       whether the embedded server's data may stand in memory
 * </ul>
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class ScratchSettings {
  private final ScratchSource source;
  private final Path folder;
  private final String image;
  private final int ahead;
  private final int mostDatabases;
  private final int maximumPoolSize;
  private final Duration templatesKept;
  private final boolean inMemory;

  private ScratchSettings(Builder builder) {
    this.source = builder.source;
    this.folder = builder.folder;
    this.image = builder.image;
    this.ahead = builder.ahead;
    this.mostDatabases = builder.mostDatabases;
    this.maximumPoolSize = builder.maximumPoolSize;
    this.templatesKept = builder.templatesKept;
    this.inMemory = builder.inMemory;
  }

  /** Returns a builder with the defaults, whatever the environment says. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a builder with what the system properties and the environment say, and the defaults for
   * the rest.
   *
   * @throws ConfigurationException if they say something that cannot be used
   */
  public static Builder fromEnvironment() {
    return from(System.getenv(), System.getProperties());
  }

  static Builder from(Map<String, String> environment, Properties properties) {
    Builder builder = new Builder(CacheFolder.of(environment, properties));
    Words words = new Words(environment, properties);
    words.given("source", text -> builder.source(ScratchSource.parse(text)));
    words.given("folder", text -> builder.folder(path(text)));
    words.given("image", builder::image);
    words.given("ahead", text -> builder.ahead(number(text)));
    words.given("memory", text -> builder.inMemory(isAuto(text)));
    return builder;
  }

  /** The settings as text. */
  private record Words(Map<String, String> environment, Properties properties) {
    void given(String name, Consumer<String> use) {
      String variable = environment.get("OUTGROW_TEST_" + name.toUpperCase(Locale.ROOT));
      String text = properties.getProperty("outgrow.test." + name, variable);
      if (text != null && !text.isBlank()) {
        use.accept(text.strip());
      }
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException invalid) {
      throw new ConfigurationException(Builder.FOLDER, text, Builder.ABSOLUTE);
    }
  }

  private static boolean isAuto(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (!word.equals("auto") && !word.equals("never")) {
      throw new ConfigurationException(
          "The place of the embedded server's data in memory", text, "auto or never");
    }
    return word.equals("auto");
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
  }

  /** Returns where the server comes from. */
  public ScratchSource source() {
    return source;
  }

  /** Returns the folder in which servers, templates and binaries are kept. */
  public Path folder() {
    return folder;
  }

  /** Returns the image of the container. */
  public String image() {
    return image;
  }

  /** Returns how many clones are made ahead of need. */
  public int ahead() {
    return ahead;
  }

  /** Returns how many databases of a pool may be in use at once. */
  public int mostDatabases() {
    return mostDatabases;
  }

  /** Returns how many connections a database opens at most. */
  public int maximumPoolSize() {
    return maximumPoolSize;
  }

  /** Returns how long after its last use a template is kept. */
  public Duration templatesKept() {
    return templatesKept;
  }

  /** Returns whether the data of the embedded server may stand in memory. */
  public boolean inMemory() {
    return inMemory;
  }

  /**
   * Collects settings. A value outside of its range is refused at once.
   *
   * <p><em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  public static final class Builder {
    static final String FOLDER = "The folder of scratch servers";
    static final String ABSOLUTE = "the absolute path of a folder";

    private ScratchSource source = ScratchSource.embedded();
    private Path folder;
    private String image = "postgres:18-alpine";
    private int ahead = 2;
    private int mostDatabases = 100;
    private int maximumPoolSize = 10;
    private Duration templatesKept = Duration.ofDays(7);
    private boolean inMemory = true;

    private Builder() {
      this(CacheFolder.of(System.getenv(), System.getProperties()));
    }

    private Builder(Path folder) {
      this.folder = folder;
    }

    /** Sets where the server comes from. Default: the embedded binaries. */
    public Builder source(ScratchSource from) {
      this.source = from;
      return this;
    }

    /**
     * Sets where servers, templates and binaries are kept, 100 MB and more. It is made for the user
     * alone; one that is there must be the user's alone. Default: {@code outgrow} in {@code
     * $XDG_CACHE_HOME}, else in {@code ~/.cache}; on macOS in {@code ~/Library/Caches}; where the
     * user has no home, below {@code java.io.tmpdir}.
     *
     * @param kept an absolute path
     */
    public Builder folder(Path kept) {
      if (!kept.isAbsolute() || kept.getParent() == null) {
        throw new ConfigurationException(FOLDER, kept.toString(), ABSOLUTE);
      }
      this.folder = kept;
      return this;
    }

    /** Sets the image of the container. Default: {@code postgres:18-alpine}. */
    public Builder image(String name) {
      if (name.isBlank()) {
        throw new ConfigurationException("The image", name, "an image's name, postgres:18-alpine");
      }
      this.image = name;
      return this;
    }

    /** Sets how many clones are made ahead of need: 0 to 32. Default: 2. */
    public Builder ahead(int clones) {
      this.ahead = within("The number of clones made ahead", clones, 0, 32);
      return this;
    }

    /** Sets how many databases of a pool may be in use at once: 1 to 10,000. Default: 100. */
    public Builder mostDatabases(int databases) {
      this.mostDatabases = within("The number of databases at once", databases, 1, 10_000);
      return this;
    }

    /** Sets how many connections a database opens at most: 1 to 100. Default: 10. */
    public Builder maximumPoolSize(int connections) {
      this.maximumPoolSize = within("The number of connections", connections, 1, 100);
      return this;
    }

    /** Sets how long after its last use a template is kept: 1 to 365 days. Default: 7 days. */
    public Builder templatesKept(Duration unused) {
      boolean fits =
          unused.compareTo(Duration.ofDays(1)) >= 0 && unused.compareTo(Duration.ofDays(365)) <= 0;
      if (!fits) {
        throw new ConfigurationException(
            "The time templates are kept", unused.toString(), "1 to 365 days");
      }
      this.templatesKept = unused;
      return this;
    }

    /**
     * Sets whether the data of the embedded server may stand in memory, where databases are made
     * and dropped several times as fast: below {@code /dev/shm}, a folder of the user alone, if
     * that is a file system in memory with 2 GiB free, and the machine and the control group have
     * as much available, at the time the data are made; on disk in {@link #folder} otherwise, with
     * the rest. A database takes 8 MB and what a test writes. The data are deleted when nobody has
     * used them for as long as {@link #templatesKept}, when the folder is gone, and by a restart of
     * the machine, after which the next run makes them anew. Default: true.
     */
    public Builder inMemory(boolean allowed) {
      this.inMemory = allowed;
      return this;
    }

    private static int within(String option, int value, int least, int most) {
      if (value < least || value > most) {
        throw new ConfigurationException(option, Integer.toString(value), least + " to " + most);
      }
      return value;
    }

    /** Returns the settings. */
    public ScratchSettings build() {
      return new ScratchSettings(this);
    }
  }
}
