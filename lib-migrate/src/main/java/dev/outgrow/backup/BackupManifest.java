package dev.outgrow.backup;

import java.time.Instant;
import java.util.List;

/**
 * What is written beside a backup: what it is of, and by what it is known to be whole.
 *
 * <p><em>Immutable.</em>
 *
 * @param format what the file is
 * @param database the database's name; of a SQLite file its name without the folder
 * @param at the moment it shows, in UTC
 * @param library the version of this library that made it
 * @param server the version of the server, or of SQLite
 * @param tool the program that made the file, with its version
 * @param schemas the schemas it holds, in order; {@code main} on SQLite
 * @param chains the chains that it has the history of
 * @param tables every table it holds, in order of schema and name
 * @param size the file's size in bytes
 * @param sha256 the file's SHA-256, 64 hexadecimal digits
 * @since 0.1
 */
public record BackupManifest(
    BackupFormat format,
    String database,
    Instant at,
    String library,
    String server,
    String tool,
    List<String> schemas,
    List<BackupChain> chains,
    List<BackupTable> tables,
    long size,
    String sha256) {
  /** Copies the lists. */
  public BackupManifest {
    schemas = List.copyOf(schemas);
    chains = List.copyOf(chains);
    tables = List.copyOf(tables);
  }

  /** Returns how many rows it holds. */
  public long rows() {
    return tables.stream().mapToLong(BackupTable::rows).sum();
  }
}
