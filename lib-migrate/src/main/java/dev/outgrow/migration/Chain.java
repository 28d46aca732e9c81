package dev.outgrow.migration;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.script.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One module's ordered migrations, with its own history table and its own set of owned tables: the
 * application's core is one, each plugin is one.
 *
 * <pre>{@code
 * Chain core = Chain.named("core").location("db/core").owns("users", "session_history").build();
 * Chain clips =
 *     Chain.named("clips").location("db/clips").owns("clips").requires("core", "12").build();
 * }</pre>
 *
 * <p>A location is a folder with scripts for both backends; its sub-folder {@code postgresql} or
 * {@code sqlite}, where there is one, has those for one backend. Other sub-folders are not looked
 * into. A script is named {@code V<version>__<description>.sql} and runs once, or {@code
 * R__<description>.sql} and runs whenever it has changed, once the chain is at its last version;
 * {@code <script>.conf} holds Flyway's settings of it, such as {@code executeInTransaction=false}.
 *
 * <p>The history table is {@code <name>_schema_history} unless it is named, in Flyway's own form.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Chain {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final String NAMES = "1 to 40 of a to z, 0 to 9 and _, with a letter first";
  private static final Pattern PLACEHOLDER = Pattern.compile("[\\p{L}\\p{N}_.-]{1,100}");
  private static final int LONGEST_TABLE = 63;

  private final String name;
  private final List<String> locations;
  private final ClassLoader loader;
  private final List<JavaMigration> javaMigrations;
  private final Set<String> ownedTables;
  private final List<Requirement> requirements;
  private final String historyTable;
  private final Map<String, String> placeholders;

  private Chain(Builder builder) {
    this.name = builder.name;
    this.locations = List.copyOf(builder.locations);
    ClassLoader given = builder.loader;
    this.loader = given == null ? ownLoader() : given;
    this.javaMigrations = List.copyOf(builder.javaMigrations);
    this.ownedTables = Set.copyOf(builder.ownedTables);
    this.requirements = List.copyOf(builder.requirements);
    String table = builder.historyTable;
    this.placeholders = Map.copyOf(builder.placeholders);
    this.historyTable = table == null ? name + "_schema_history" : table;
  }

  private static ClassLoader ownLoader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? Chain.class.getClassLoader() : ofThread;
  }

  /**
   * Begins a chain.
   *
   * @param name 1 to 40 lower-case letters, digits and underlines, a letter first
   * @throws ConfigurationException if the name is another
   */
  public static Builder named(String name) {
    return new Builder(checked("chain", name));
  }

  private static String checked(String option, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ConfigurationException(option, name, NAMES);
    }
    return name;
  }

  static ConfigurationException unknown(String name, List<String> known) {
    return new ConfigurationException("chain", name, "one of " + String.join(", ", known));
  }

  /** Returns its name. */
  public String name() {
    return name;
  }

  /** Returns its history table. */
  public String historyTable() {
    return historyTable;
  }

  /** Returns the tables that it, and no other chain, makes and changes. */
  public Set<String> ownedTables() {
    return ownedTables;
  }

  List<String> locations() {
    return locations;
  }

  ClassLoader loader() {
    return loader;
  }

  List<JavaMigration> javaMigrations() {
    return javaMigrations;
  }

  List<Requirement> requirements() {
    return requirements;
  }

  Map<String, String> placeholders() {
    return placeholders;
  }

  /** Returns its name. */
  @Override
  public String toString() {
    return name;
  }

  /**
   * Collects what makes a chain.
   *
   * <p><em>Not thread-safe.</em>
   */
  public static final class Builder {
    private final String name;
    private final List<String> locations = new ArrayList<>();
    private final List<JavaMigration> javaMigrations = new ArrayList<>();
    private final Set<String> ownedTables = new LinkedHashSet<>();
    private final List<Requirement> requirements = new ArrayList<>();
    private final Map<String, String> placeholders = new LinkedHashMap<>();
    private @Nullable ClassLoader loader;
    private @Nullable String historyTable;

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Adds a folder of scripts: {@code db/core} or {@code classpath:db/core} on the class path,
     * {@code filesystem:/srv/app/db} in the file system. One that is not there is refused when it
     * is read.
     */
    public Builder location(String location) {
      locations.add(location);
      return this;
    }

    /** Looks on the class path of this loader: a plugin's. By default the thread's own. */
    public Builder classLoader(ClassLoader other) {
      this.loader = other;
      return this;
    }

    /** Adds migrations in Java. */
    public Builder javaMigrations(JavaMigration... migrations) {
      javaMigrations.addAll(Arrays.asList(migrations));
      return this;
    }

    /**
     * Names the tables that this chain makes; none by default. Views may be named as well, so that
     * {@link Migrations#uninstall} drops them with the tables.
     */
    public Builder owns(String... tables) {
      ownedTables.addAll(Arrays.asList(tables));
      return this;
    }

    /**
     * Requires another chain to be at a version or above before this one begins.
     *
     * @throws ConfigurationException if the version is none
     */
    public Builder requires(String chain, String version) {
      Version atLeast =
          Version.parse(version)
              .orElseThrow(
                  () -> new ConfigurationException("version", version, "numbers and points"));
      requirements.add(new Requirement(checked("chain", chain), atLeast));
      return this;
    }

    /**
     * Puts a value in the place of {@code ${name}} in all scripts of this chain, as Flyway does;
     * upper and lower case are alike. With the first one, a {@code ${…}} that no value is given for
     * is refused before anything runs; without any, which is the default, it is text. A versioned
     * script counts as unchanged when a value changes, and a repeatable one whose text changes by
     * it runs again. No message and no log holds a value.
     *
     * @param name 1 to 100 letters, digits and {@code _ . -}
     * @param value any text; it is not quoted: it may be a part of a name, or SQL
     * @throws ConfigurationException if the name is another, or has a value already
     */
    public Builder placeholder(String name, String value) {
      if (!PLACEHOLDER.matcher(name).matches()) {
        throw new ConfigurationException("placeholder", name, "1 to 100 letters, digits and _ . -");
      }
      if (placeholders.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
        throw new ConfigurationException("placeholder", name, "a name that has no value yet");
      }
      placeholders.put(name, value);
      return this;
    }

    /**
     * Keeps the history in a table of this name: {@code flyway_schema_history} goes on with what
     * Flyway alone has begun.
     *
     * @throws ConfigurationException if the name is empty or longer than 63 characters
     */
    public Builder historyTable(String table) {
      if (table.isBlank() || table.length() > LONGEST_TABLE || table.indexOf('\0') >= 0) {
        throw new ConfigurationException("historyTable", table, "1 to 63 characters");
      }
      this.historyTable = table;
      return this;
    }

    /**
     * Makes the chain. Its scripts are read when they are needed.
     *
     * @throws ConfigurationException if it has neither a location nor a migration in Java
     */
    public Chain build() {
      if (locations.isEmpty() && javaMigrations.isEmpty()) {
        throw new ConfigurationException(
            "chain", name, "a chain with a location or a migration in Java");
      }
      return new Chain(this);
    }
  }
}
