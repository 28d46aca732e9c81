package dev.outgrow.importer.plan;

import dev.outgrow.sql.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The schemas of one import.
 *
 * <p><em>Immutable.</em>
 *
 * @param staging where everything is loaded
 * @param target where it ends up
 * @param before where what the target held is kept
 * @since 0.1
 */
public record ImportNames(String staging, String target, String before) {
  private static final String STAGING = "outgrow_staging_";
  private static final String TEMPORARY = "pg_temp";
  private static final String BEFORE = "_before_";
  private static final int MOST_BYTES = 63;

  /**
   * Returns the names for one import.
   *
   * @param target the target schema
   * @param id what makes this import different from every other: ASCII, at most 30 characters
   */
  public static ImportNames of(String target, String id) {
    String suffix = BEFORE + id;
    return new ImportNames(
        STAGING + id, target, cut(target, MOST_BYTES - suffix.length()) + suffix);
  }

  /** Returns the same names, but that rows are staged in the session's own temporary tables. */
  public ImportNames temporary() {
    return new ImportNames(TEMPORARY, target, before);
  }

  /** Returns whether rows are staged in temporary tables. */
  boolean isTemporary() {
    return staging.equals(TEMPORARY);
  }

  /** Returns a name that differs from those of every other import, for what is in the way. */
  String ofThisImport(String name) {
    String suffix = "_" + staging.substring(STAGING.length());
    return cut(name, MOST_BYTES - suffix.length()) + suffix;
  }

  /** Returns the schema that keeps what the target held when the import was undone. */
  public String undone() {
    String suffix = "_undone_" + staging.substring(STAGING.length());
    return cut(target, MOST_BYTES - suffix.length()) + suffix;
  }

  /** Returns the schema that keeps the former versions of rows that were updated. */
  public String former() {
    int end = before.lastIndexOf(BEFORE);
    return before.substring(0, end) + "_former_" + before.substring(end + BEFORE.length());
  }

  /** Returns the schema in which rejected rows are kept until the swap. */
  public String stagingRejects() {
    return staging + "_rejects";
  }

  /** Returns the schema in which rejected rows are kept. */
  public String rejects() {
    return "outgrow_rejects_" + staging.substring(STAGING.length());
  }

  /**
   * Returns what comes before tables that are there are changed: functions in checks, indexes and
   * computed columns may count on finding what is beside them.
   */
  String setSearchPath() {
    Stream<String> path = Stream.of(target, "public").distinct().map(Dialect.POSTGRESQL::quote);
    return "SET LOCAL search_path = " + path.collect(Collectors.joining(", "));
  }

  private static String cut(String name, int bytes) {
    String kept = name;
    while (kept.getBytes(StandardCharsets.UTF_8).length > bytes) {
      kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
    }
    return kept;
  }
}
