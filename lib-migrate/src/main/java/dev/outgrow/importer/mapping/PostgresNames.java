package dev.outgrow.importer.mapping;

import dev.outgrow.schema.ShortName;
import java.util.HashSet;
import java.util.Set;

/**
 * Hands out names that PostgreSQL keeps as they are: not empty, at most 63 bytes of UTF-8, each
 * only once. A name that has to change gets a suffix made of a hash of what it stands for, so that
 * it is the same in every run.
 */
final class PostgresNames {
  /** Names every table of PostgreSQL already has as hidden columns. */
  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  private final Set<String> taken = new HashSet<>();

  private PostgresNames() {}

  /** Returns names for what lives side by side in one schema, or as constraints on one table. */
  static PostgresNames ofObjects() {
    return new PostgresNames();
  }

  /** Returns names for the columns of one table. */
  static PostgresNames ofColumns() {
    PostgresNames names = new PostgresNames();
    names.taken.addAll(SYSTEM_COLUMNS);
    return names;
  }

  /**
   * Returns the wanted name, or the nearest that is still free.
   *
   * @param wanted the name that would be best
   * @param identity what makes the object itself different from every other: goes into the hash
   */
  String take(String wanted, String identity) {
    String name = wanted.isEmpty() ? "unnamed" : wanted;
    if (!ShortName.fits(name) || taken.contains(name)) {
      name = ShortName.hashed(name, identity);
    }
    for (int i = 1; !taken.add(name); i++) {
      name = ShortName.hashed(wanted, identity + '\0' + i);
    }
    return name;
  }
}
