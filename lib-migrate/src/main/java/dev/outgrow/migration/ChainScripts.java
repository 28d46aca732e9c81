package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.fingerprint.ScriptChecksum;
import dev.outgrow.migration.internal.flyway.CodeStep;
import dev.outgrow.migration.internal.flyway.FlywayChain;
import dev.outgrow.migration.safety.PendingScript;
import dev.outgrow.migration.script.ScriptFile;
import dev.outgrow.migration.script.ScriptFolder;
import dev.outgrow.migration.script.ScriptName;
import dev.outgrow.migration.script.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything a chain has for one backend, read once. */
final class ChainScripts {
  private final Chain chain;
  private final List<ScriptFile> files;
  private final NavigableMap<Version, Step> versioned = new TreeMap<>();
  private final Map<String, Step> repeatable = new TreeMap<>();
  private final Map<Version, ScriptFile> undo = new TreeMap<>();

  private ChainScripts(Chain chain, List<ScriptFile> files) {
    this.chain = chain;
    this.files = files;
    files.stream()
        .filter(file -> file.name().kind() != ScriptName.Kind.UNDO)
        .map(this::step)
        .forEach(this::add);
    files.stream()
        .filter(file -> file.name().kind() == ScriptName.Kind.UNDO)
        .forEach(this::addUndo);
    chain.javaMigrations().forEach(code -> add(step(code)));
    if (versioned.isEmpty() && repeatable.isEmpty()) {
      throw new ConfigurationException(
          "location", String.join(", ", chain.locations()), "a folder with a script in it");
    }
  }

  /**
   * Reads a chain's scripts for a backend.
   *
   * @throws ConfigurationException if a folder is not there, a name is none, a version is there
   *     twice
   */
  static ChainScripts read(Chain chain, Backend backend) {
    List<ScriptFile> files = new ArrayList<>();
    for (String location : chain.locations()) {
      ScriptFolder shared = new ScriptFolder(location, chain.loader());
      ScriptFolder own = shared.child(backend.name().toLowerCase(Locale.ROOT));
      if (!shared.exists() && !own.exists()) {
        throw new ConfigurationException("location", location, "a folder that is there");
      }
      files.addAll(shared.read());
      files.addAll(own.read());
    }
    return new ChainScripts(chain, files);
  }

  /** Every text is looked at for placeholders, and a repeatable one is known by what will run. */
  private Step step(ScriptFile file) {
    String text = filled(file).text();
    Step step = Step.of(file);
    return step.version() == null ? step.withChecksum(ScriptChecksum.of(text)) : step;
  }

  /** Returns a script as it runs: with the values of its placeholders. */
  ScriptFile filled(ScriptFile file) {
    String text = new Placeholders(chain.placeholders()).replace(file);
    return new ScriptFile(file.file(), file.place(), file.name(), text, file.settings());
  }

  private void add(Step step) {
    Version version = step.version();
    Step before =
        version == null
            ? repeatable.putIfAbsent(step.description(), step)
            : versioned.putIfAbsent(version, step);
    if (before != null) {
      throw new ConfigurationException(
          "script",
          step.place(),
          (version == null ? "a description" : "a version")
              + " that "
              + before.place()
              + " has not");
    }
  }

  private void addUndo(ScriptFile file) {
    ScriptFile before = undo.putIfAbsent(Objects.requireNonNull(file.name().version()), file);
    if (before != null) {
      throw new ConfigurationException(
          "script", file.place(), "a version that " + before.place() + " has not");
    }
  }

  private Step step(JavaMigration code) {
    Version version =
        Version.parse(code.version())
            .filter(given -> !given.isBase())
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "version of " + code.getClass().getName(),
                        code.version(),
                        "numbers and points, above 0"));
    String name = code.getClass().getName();
    Integer checksum = code.checksum().isPresent() ? code.checksum().getAsInt() : null;
    return new Step(
        version, ScriptName.shortened(code.description()), "JDBC", name, checksum, name);
  }

  Chain chain() {
    return chain;
  }

  /** Returns all scripts as they were read, those that undo as well. */
  List<ScriptFile> files() {
    return files;
  }

  /** Returns the text of a script; empty if it is in Java, or gone. */
  Optional<String> text(String script) {
    return files.stream()
        .filter(file -> file.file().equals(script))
        .map(ScriptFile::text)
        .findFirst();
  }

  NavigableMap<Version, Step> versioned() {
    return versioned;
  }

  /** Returns the repeatable ones by their descriptions, which is the order they run in. */
  Map<String, Step> repeatable() {
    return repeatable;
  }

  /** Returns the script of a step; empty if it is in Java. */
  Optional<ScriptFile> file(Step step) {
    return files.stream().filter(file -> file.place().equals(step.place())).findFirst();
  }

  /** Returns the scripts of these names, as they would run. */
  List<ScriptFile> files(Collection<String> names) {
    return files.stream().filter(file -> names.contains(file.file())).toList();
  }

  /** Returns the undo script of a version, or null if there is none. */
  @Nullable ScriptFile undo(Version version) {
    return undo.get(version);
  }

  /** Returns the migration in Java of a version, or null if there is none. */
  @Nullable JavaMigration code(Version version) {
    return chain.javaMigrations().stream()
        .filter(code -> Objects.equals(version, step(code).version()))
        .findFirst()
        .orElse(null);
  }

  @Nullable Version last() {
    return versioned.isEmpty() ? null : versioned.lastKey();
  }

  /** Returns these scripts as they are looked at before they run, in the same order. */
  List<PendingScript> beforehand(List<String> scripts) {
    return scripts.stream().map(this::beforehand).toList();
  }

  private PendingScript beforehand(String script) {
    return files.stream()
        .filter(file -> file.file().equals(script))
        .findFirst()
        .map(file -> new PendingScript(chain.name(), script, file.text(), file.settings()))
        .orElseGet(() -> new PendingScript(chain.name(), script, null, null));
  }

  /**
   * Returns what Flyway is to know.
   *
   * @param toTheEnd whether the repeatable ones run: at an earlier version what they name may not
   *     be there yet
   */
  FlywayChain forFlyway(Database database, boolean toTheEnd) {
    List<ScriptFile> run =
        files.stream()
            .filter(file -> file.name().kind() != ScriptName.Kind.UNDO)
            .filter(file -> toTheEnd || file.name().kind() != ScriptName.Kind.REPEATABLE)
            .toList();
    List<CodeStep> steps =
        chain.javaMigrations().stream().map(code -> codeStep(code, database, false)).toList();
    return new FlywayChain(chain.name(), chain.historyTable(), run, steps, chain.placeholders());
  }

  /** Returns what Flyway is to know to run these steps alone in a scratch database. */
  FlywayChain forScratch(Database scratch, Set<String> steps) {
    return new FlywayChain(
        chain.name(),
        chain.historyTable(),
        files.stream().filter(file -> steps.contains(file.file())).toList(),
        chain.javaMigrations().stream()
            .map(code -> codeStep(code, scratch, true))
            .filter(step -> steps.contains(step.name()))
            .toList(),
        chain.placeholders());
  }

  /** Returns the steps up to a version in the order in which they run; all of them for null. */
  List<String> steps(@Nullable Version last) {
    List<String> steps = new ArrayList<>();
    (last == null ? versioned : versioned.headMap(last, true))
        .values()
        .forEach(step -> steps.add(step.script()));
    if (last == null) {
      repeatable.values().forEach(step -> steps.add(step.script()));
    }
    return steps;
  }

  private CodeStep codeStep(JavaMigration code, Database database, boolean scratch) {
    Step step = step(code);
    Version version = Objects.requireNonNull(step.version());
    return new CodeStep(
        version,
        step.description(),
        step.checksum(),
        code.transactional(),
        step.script(),
        connection -> code.migrate(new MigrationContext(connection, database, scratch)));
  }
}
