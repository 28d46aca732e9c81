package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.database.setup.Script;
import dev.outgrow.migration.fingerprint.Fingerprint;
import dev.outgrow.migration.internal.flyway.FlywayVersion;
import dev.outgrow.migration.script.ScriptFile;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.postgresql.util.DriverInfo;

/**
 * The fingerprint of a database that chains have made. It differs where a byte of a script or of
 * its settings differs, a name, a place in the order, a placeholder's value, an owned table, a
 * requirement, the code of a migration in Java, a statement of the set-up, the backend, or the
 * version of this library, of Flyway or of the driver. The database itself is not looked at, and
 * none is needed.
 *
 * <p>A migration in Java is known by its checksum and by the class file that holds it, with its
 * nested classes; what else it calls is not looked at. One whose class file cannot be read, because
 * it was made at run time, and that gives no checksum differs each time.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ChainFingerprint {
  private ChainFingerprint() {}

  /**
   * Returns it.
   *
   * @param backend the backend whose scripts are meant
   * @param setup runs before the first migration
   * @param chains in the order in which they are given to {@link Migrations}
   * @throws dev.outgrow.error.ConfigurationException if the scripts of one cannot be read
   */
  public static Fingerprint of(Backend backend, DatabaseSetup setup, List<Chain> chains) {
    Fingerprint print =
        Fingerprint.of("migrations")
            .with("backend", backend.name())
            .with("outgrow", version())
            .with("flyway", FlywayVersion.text())
            .with("pgjdbc", DriverInfo.DRIVER_VERSION);
    for (Script.Statement statement : setup.statements()) {
      print = print.with("setup " + statement.script(), statement.sql());
    }
    for (Chain chain : chains) {
      print = add(print, ChainScripts.read(chain, backend));
    }
    return print;
  }

  /** Returns it for chains that need no set-up. */
  public static Fingerprint of(Backend backend, List<Chain> chains) {
    return of(backend, DatabaseSetup.of(), chains);
  }

  private static String version() {
    String version = ChainFingerprint.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private static Fingerprint add(Fingerprint before, ChainScripts scripts) {
    Chain chain = scripts.chain();
    Fingerprint print =
        before.with("chain", chain.name()).with("history table", chain.historyTable());
    for (String table : new TreeSet<>(chain.ownedTables())) {
      print = print.with("owns", table);
    }
    for (Requirement required : chain.requirements()) {
      print = print.with("requires " + required.chain(), required.version().toString());
    }
    for (Map.Entry<String, String> value : new TreeMap<>(chain.placeholders()).entrySet()) {
      print = print.with("placeholder " + value.getKey(), value.getValue());
    }
    List<ScriptFile> files =
        scripts.files().stream().sorted(Comparator.comparing(ScriptFile::file)).toList();
    for (ScriptFile file : files) {
      String settings = file.settings();
      print =
          print
              .with("script " + file.file(), file.text())
              .with("its settings", settings == null ? "none" : "= " + settings);
    }
    for (JavaMigration code : chain.javaMigrations()) {
      print = CodeFingerprint.add(print, code);
    }
    return print;
  }
}
