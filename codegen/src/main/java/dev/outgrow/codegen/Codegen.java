package dev.outgrow.codegen;

import dev.outgrow.codegen.internal.Copies;
import dev.outgrow.codegen.internal.Defaults;
import dev.outgrow.codegen.internal.MigratedScratch;
import dev.outgrow.codegen.internal.MigratedScratch.Origin;
import dev.outgrow.codegen.internal.Packages;
import dev.outgrow.codegen.internal.Placing;
import dev.outgrow.codegen.internal.Production;
import dev.outgrow.codegen.internal.ScratchSource;
import dev.outgrow.codegen.internal.Sources;
import dev.outgrow.codegen.internal.TimeRule;
import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainFingerprint;
import dev.outgrow.migration.ChainSource;
import dev.outgrow.migration.fingerprint.Fingerprint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jooq.meta.jaxb.Configuration;

/**
 * jOOQ's classes from the migrations alone: a scratch database is made, the chains run in it, and
 * jOOQ reads it. The front door of this package.
 *
 * <pre>{@code
 * Codegen.from(new AppChains()).into(Path.of("src/main/java"), "app.db").run();
 * }</pre>
 *
 * <p>Each chain has a package: {@code app.db.core}, {@code app.db.clips}. A plugin's classes refer
 * to those of the chains that it refers to; the core's refer to no plugin's. History tables,
 * partitions and what extensions bring along are left out. By default:
 *
 * <ul>
 *   <li>the backend is PostgreSQL, on an embedded server
 *   <li>{@code timestamptz} is an {@code Instant}, an integer of SQLite a {@code Long}
 *   <li>each table has a record of Java's beside jOOQ's, in {@code tables.pojos}; one of more than
 *       254 columns has none, as Java has none of that size
 *   <li>what may be null is JSpecify's {@code @Nullable}, and the packages of records are
 *       {@code @NullMarked}
 *   <li>statements name no schema, so that they find the tables wherever they are
 *   <li>comments in the database are Javadoc
 * </ul>
 *
 * <p>The sources are the same, byte for byte, wherever and however often they are made. Beside them
 * stands {@code outgrow-codegen.txt} with a fingerprint of the migrations, the settings and the
 * versions of the tools, and the hash of each file: where nothing differs, {@link #run} does
 * nothing, and starts no server. Otherwise all is generated into a folder for temporary files
 * first: a run that fails leaves what was there.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Codegen {
  private final CodegenSettings settings;

  private Codegen(CodegenSettings settings) {
    this.settings = settings;
  }

  /** Takes an application's chains, and what runs before them. */
  public static Codegen from(ChainSource source) {
    return from(source.chains()).with(s -> s.setup = source.setup());
  }

  /**
   * Takes what a class names, which the thread's class loader or this library's finds.
   *
   * @param chainSource the name of a public {@link ChainSource} that has a public constructor
   *     without parameters
   * @throws ConfigurationException if there is none of that name
   */
  public static Codegen fromNamed(String chainSource) {
    return from(Sources.named(chainSource));
  }

  /** Takes chains in the order in which they are given to {@code Migrations}. */
  public static Codegen from(List<Chain> chains) {
    return new Codegen(new CodegenSettings(chains));
  }

  /** Takes chains in the order in which they are given to {@code Migrations}. */
  public static Codegen from(Chain... chains) {
    return from(Arrays.asList(chains));
  }

  Codegen with(Consumer<CodegenSettings> change) {
    CodegenSettings changed = settings.copy();
    change.accept(changed);
    return new Codegen(changed);
  }

  /**
   * Says where to.
   *
   * @param directory of sources, such as {@code src/main/java}
   * @param packageName the package above those of the chains
   * @throws ConfigurationException if that is no name of a package
   */
  public Codegen into(Path directory, String packageName) {
    checkedPackage("package", packageName);
    return with(
        s -> {
          s.directory = directory;
          s.packageName = packageName;
        });
  }

  /** Generates for what the scripts make on this backend; PostgreSQL by default. */
  public Codegen backend(Backend backend) {
    return with(s -> s.backend = backend);
  }

  /**
   * Generates for this backend.
   *
   * @param name {@code postgresql} or {@code sqlite}
   * @throws ConfigurationException if it is another
   */
  public Codegen backend(String name) {
    for (Backend backend : Backend.values()) {
      if (backend.name().toLowerCase(Locale.ROOT).equals(name)) {
        return backend(backend);
      }
    }
    throw new ConfigurationException("backend", name, "postgresql or sqlite");
  }

  /** Runs this before the first migration. */
  public Codegen setup(DatabaseSetup setup) {
    return with(s -> s.setup = setup);
  }

  /**
   * Makes the scratch database on this server, beside the database that the URL names, which is not
   * changed; the user must be allowed to create databases. By default a server is started.
   */
  public Codegen server(DatabaseUrl url) {
    return with(s -> s.source = ScratchSource.beside(url));
  }

  /** Uses this empty database, which is closed afterwards and not dropped. */
  public Codegen scratch(Supplier<Database> source) {
    return with(s -> s.source = ScratchSource.given(source));
  }

  /** Generates the classes of these chains alone; the others run, too, and are referred to. */
  public Codegen only(String... chains) {
    for (String chain : chains) {
      checkedChain(chain);
    }
    return with(s -> s.only = new TreeSet<>(Arrays.asList(chains)));
  }

  /**
   * Gives a chain a package of its own: of a plugin's that refers to a core that is a library.
   *
   * @throws ConfigurationException if there is no such chain, or that is no name of a package
   */
  public Codegen packageOf(String chain, String packageName) {
    checkedChain(chain);
    checkedPackage("package of " + chain, packageName);
    return with(s -> s.packages.put(chain, packageName));
  }

  /**
   * Makes columns {@code Instant}s that hold seconds since 1970. A fraction of a second is cut off
   * when it is written.
   *
   * @param columns patterns of names, or of {@code table.name}: {@code *} is any characters, {@code
   *     ?} one, A to Z are equal in either case. The first rule that fits a column rules
   * @throws ConfigurationException if one names no column
   */
  public Codegen epochSeconds(String... columns) {
    return times(TimeRule.Unit.SECONDS, columns);
  }

  /** As {@link #epochSeconds}, for columns that hold milliseconds. */
  public Codegen epochMillis(String... columns) {
    return times(TimeRule.Unit.MILLIS, columns);
  }

  private Codegen times(TimeRule.Unit unit, String... columns) {
    List<TimeRule> rules =
        Arrays.stream(columns).map(pattern -> new TimeRule(pattern, unit)).toList();
    return with(s -> s.rules.addAll(rules));
  }

  /**
   * Takes jOOQ's own configuration, which wins: of {@code generator}, a part that is there ({@code
   * generate}, {@code strategy}) is taken whole in the place of the defaults here, forced types go
   * before them, and a {@code name} replaces the generator that keeps chains apart. The connection,
   * the target's folder and its package are those of this object.
   *
   * @param configuration is copied
   */
  public Codegen configuration(Configuration configuration) {
    Configuration copy = Copies.of(configuration);
    return with(s -> s.given = copy);
  }

  /** Generates also where nothing has changed: what a strategy of yours does is not looked at. */
  public Codegen evenIfUnchanged() {
    return with(s -> s.always = true);
  }

  /**
   * Brings the sources up to date. Files that were generated before and are of no table any more
   * are deleted; changes by hand are lost, and files that others made are left alone.
   *
   * @throws ConfigurationException if no directory was named, or a file that was not generated is
   *     in the way
   * @throws dev.outgrow.error.MigrationException if a migration fails
   * @throws CodegenException if jOOQ fails
   * @throws OutgrowException if there is no database to be had
   */
  public CodegenResult run() {
    Placing placing = placing();
    String fingerprint = fingerprint();
    if (!settings.always && placing.isThere(fingerprint)) {
      return new CodegenResult(false, fingerprint, placing.files(), List.of());
    }
    List<Placing.Change> changes = placing.place(fingerprint, sources());
    return new CodegenResult(true, fingerprint, placing.files(), words(changes));
  }

  /**
   * Tells whether the sources are what the migrations make; writes nothing, and starts no server
   * where nothing has changed since they were made.
   *
   * @throws OutgrowException as {@link #run} does
   */
  public CodegenCheck check() {
    Placing placing = placing();
    if (!settings.always && placing.isThere(fingerprint())) {
      return new CodegenCheck(List.of());
    }
    return new CodegenCheck(words(placing.compare(sources())));
  }

  /**
   * Compares what the scripts make on PostgreSQL with what they make on SQLite: columns whose type
   * in Java differs, or whether they may be null, and those that one of them lacks.
   *
   * @throws OutgrowException as {@link #run} does
   */
  public BackendReport backendReport() {
    Map<String, Map<String, String>> onPostgres = backend(Backend.POSTGRESQL).types();
    return BackendReport.of(onPostgres, onSqlite().types());
  }

  /** A server that was named is one of PostgreSQL. */
  private Codegen onSqlite() {
    return backend(Backend.SQLITE).with(s -> s.source = null);
  }

  private Map<String, Map<String, String>> types() {
    return made(scratch -> Production.types(scratch, configuration()));
  }

  private Origin origin() {
    ScratchSource source = settings.source;
    return new Origin(
        settings.chains,
        settings.setup,
        settings.backend,
        source == null ? ScratchSource.usual(settings.backend) : source);
  }

  private Map<String, String> sources() {
    return made(scratch -> Production.sources(scratch, packages(), configuration()));
  }

  private <T> T made(Making<T> making) {
    try (MigratedScratch scratch = MigratedScratch.open(origin())) {
      return making.of(scratch);
    } catch (OutgrowException known) {
      throw known;
    } catch (Exception failure) {
      throw CodegenException.of(failure);
    }
  }

  private Configuration configuration() {
    return Defaults.completing(settings.given, settings.backend, settings.rules);
  }

  private Packages packages() {
    return new Packages(packageName(), settings.packages, settings.only);
  }

  private Placing placing() {
    Path directory = settings.directory;
    if (directory == null) {
      throw new ConfigurationException("into", "nothing", "a directory of sources and a package");
    }
    return new Placing(directory, packageName());
  }

  private String packageName() {
    return settings.packageName;
  }

  /** Returns what the sources are made of. */
  private String fingerprint() {
    Packages packages = packages();
    return Fingerprint.of("codegen")
        .with(
            "chains", ChainFingerprint.of(settings.backend, settings.setup, settings.chains).hex())
        .with("outgrow", settings.tools.outgrow())
        .with("jooq", settings.tools.jooq())
        .with("server", origin().source().server())
        .with("package", packages.base())
        .with("packages", new TreeMap<>(packages.own()).toString())
        .with("only", String.valueOf(settings.only))
        .with("rules", settings.rules.toString())
        .with("configuration", configuration().toString())
        .hex();
  }

  private static List<String> words(List<Placing.Change> changes) {
    return changes.stream().map(change -> change.what().word() + " " + change.path()).toList();
  }

  private void checkedChain(String chain) {
    List<String> known = settings.chains.stream().map(Chain::name).toList();
    if (!known.contains(chain)) {
      throw new ConfigurationException("chain", chain, "one of " + String.join(", ", known));
    }
  }

  private static void checkedPackage(String option, String name) {
    if (!Packages.isPackage(name)) {
      throw new ConfigurationException(option, name, "the name of a package, such as app.db");
    }
  }

  private interface Making<T> {
    T of(MigratedScratch scratch) throws Exception;
  }
}
