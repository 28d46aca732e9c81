package dev.outgrow.maven;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.Chain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chain in a POM. One that has migrations in Java cannot be described here: it needs a {@code
 * ChainSource}.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class DescribedChain {
  private static final String FILE = "filesystem:";

  /** Its name: 1 to 40 lower-case letters, digits and underlines, a letter first. */
  @Nullable String name;

  /**
   * Folders of scripts: {@code db/core} in the project's resources or its dependencies, {@code
   * filesystem:src/main/db} below the project's folder.
   */
  List<String> locations = new ArrayList<>();

  /** The tables that it makes. */
  List<String> owns = new ArrayList<>();

  /** The versions that other chains have to be at, by the chains' names. */
  Map<String, String> requires = new LinkedHashMap<>();

  /** Values of placeholders, by their names. */
  Map<String, String> placeholders = new LinkedHashMap<>();

  /** Its history table; {@code <name>_schema_history} by default. */
  @Nullable String historyTable;

  /** For Maven, which fills it. */
  public DescribedChain() {}

  /**
   * Makes it.
   *
   * @param folder what a relative location in the file system is relative to
   * @param loader where the other locations are looked for
   */
  Chain chain(Path folder, ClassLoader loader) {
    if (name == null) {
      throw new ConfigurationException("chain", "", "one with a name");
    }
    Chain.Builder chain = Chain.named(name).classLoader(loader);
    locations.forEach(location -> chain.location(absolute(location, folder)));
    chain.owns(owns.toArray(String[]::new));
    requires.forEach(chain::requires);
    placeholders.forEach(chain::placeholder);
    if (historyTable != null) {
      chain.historyTable(historyTable);
    }
    return chain.build();
  }

  /** Maven's own folder is that of the whole build, whichever module is being built. */
  private static String absolute(String location, Path folder) {
    return location.startsWith(FILE)
        ? FILE + folder.resolve(location.substring(FILE.length()))
        : location;
  }
}
