package dev.outgrow.backup;

/**
 * A table as a backup holds it.
 *
 * <p><em>Immutable.</em>
 *
 * @param schema its schema; {@code main} on SQLite
 * @param name its name
 * @param rows how many rows it has
 * @param checksum the sum of the rows' hashes, 32 hexadecimal digits; it does not depend on their
 *     order, and is comparable between databases of one backend alone
 * @since 0.1
 */
public record BackupTable(String schema, String name, long rows, String checksum) {
  /** Returns its name for people. */
  String title() {
    return schema.equals("main") ? name : schema + "." + name;
  }
}
