package dev.outgrow.exporter;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.mapping.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has SQLite look at everything a file has, and at what its rows refer to, beside each other and
 * while the rows are compared. Rows that break a NOT NULL, a CHECK or a reference are as PostgreSQL
 * has them, and are named. <em>Not thread-safe.</em>
 */
final class SqliteCheck implements AutoCloseable {
  private static final int MOST_FAULTS = 1_000;
  private static final Map<String, Kind> BROKEN =
      Map.of("NULL value in ", Kind.NOT_NULL, "CHECK constraint failed in ", Kind.CHECK);

  private final Path file;
  private final FileLook integrity;
  private final FileLook references;

  private SqliteCheck(Path file, FileLook integrity, FileLook references) {
    this.file = file;
    this.integrity = integrity;
    this.references = references;
  }

  /** Begins. */
  static SqliteCheck begin(Path file, Halt halt) {
    return new SqliteCheck(
        file,
        FileLook.begin(file, "check", "PRAGMA integrity_check(" + MOST_FAULTS + ")", halt),
        FileLook.begin(
            file,
            "references",
            "SELECT \"table\", parent, fkid, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2, 3",
            halt));
  }

  /**
   * Waits for its end, and says what it has found.
   *
   * @throws TargetException if that is a fault
   */
  void end(Findings findings) throws SQLException {
    Set<String> faults = new LinkedHashSet<>();
    List<List<String>> seen = integrity.answer();
    for (List<String> key : references.answer()) {
      findings.lost(
          Kind.FOREIGN_KEY_VALIDATION,
          key.get(0) + " -> " + key.get(1),
          key.get(3) + " rows refer to nothing, as in PostgreSQL, where the key is not validated");
    }
    for (List<String> row : seen) {
      if (!row.get(0).equals("ok") && !named(row.get(0), findings)) {
        faults.add(row.get(0));
      }
    }
    if (!faults.isEmpty()) {
      throw refused(faults);
    }
  }

  private static boolean named(String fault, Findings findings) {
    for (Map.Entry<String, Kind> broken : BROKEN.entrySet()) {
      if (fault.startsWith(broken.getKey())) {
        String name = fault.substring(broken.getKey().length());
        findings.lost(broken.getValue(), name, "rows of PostgreSQL break it: " + fault);
        return true;
      }
    }
    return false;
  }

  private TargetException refused(Set<String> faults) {
    return new TargetException(
        file.toString(),
        List.of(),
        "The file that was made does not keep what its schema says: "
            + String.join("; ", faults)
            + ".",
        "Compare the SQLite schema with PostgreSQL's; no file was left.",
        null);
  }

  /** Waits until it has let go of the file, whatever it has found. */
  @Override
  public void close() {
    try (references) {
      integrity.close();
    }
  }
}
