package dev.outgrow.codegen.internal;

import java.util.Map;
import java.util.Optional;

/**
 * A database of jOOQ's that stands for one which chains made.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface Migrated {
  /** Returns the database. */
  MigratedScratch scratch();

  /** Returns how packages are called; empty if nobody said so. */
  Optional<Packages> packages();

  /** Returns a map for the types of columns, by table. */
  Map<String, Map<String, String>> types();
}
