package dev.outgrow.importer.plan;

import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;

/**
 * How much memory the server sorts keys in. Keys that fit are sorted in one go and not in runs that
 * are merged afterwards; and two more processes of the server help, each of which wants 32 MB.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class SortMemory {
  private static final long MIB = 1 << 20;

  /** PostgreSQL's default, below which nothing needs to be said. */
  private static final long ENOUGH = 64 * MIB;

  /** What a key of one or two columns takes while it is sorted. */
  private static final long BYTES_A_KEY = 48;

  private SortMemory() {}

  /** Returns how many bytes the keys of the largest table need, in whole MiB. */
  static long needed(SchemaMapping mapping) {
    long rows =
        mapping.tables().stream()
            .filter(SortMemory::isSorted)
            .mapToLong(TableMapping::rows)
            .max()
            .orElse(0);
    return (rows * BYTES_A_KEY + MIB - 1) / MIB * MIB;
  }

  private static boolean isSorted(TableMapping table) {
    return table.primaryKey() != null
        || !table.uniqueKeys().isEmpty()
        || !table.indexes().isEmpty();
  }

  /** Returns how many bytes the server is to have; 0 if what it has by default is enough. */
  static long chosen(long needed, long most) {
    return needed <= ENOUGH ? 0 : Math.min(needed, most);
  }

  /** Returns the statement that lets a session sort in so many bytes, unless it may in more. */
  public static String sql(long bytes) {
    long kib = bytes / 1024;
    return "SELECT pg_catalog.set_config('maintenance_work_mem', '"
        + kib
        + "kB', false) FROM pg_catalog.pg_settings WHERE name = 'maintenance_work_mem' AND"
        + " setting::pg_catalog.int8 < "
        + kib;
  }
}
