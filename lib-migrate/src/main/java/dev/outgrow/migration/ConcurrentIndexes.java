package dev.outgrow.migration;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The indexes that a script makes concurrently. Where such a statement was stopped, its index is
 * there and invalid: nothing uses it, and it is in the way of the next try.
 */
final class ConcurrentIndexes {
  private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}\\p{N}_$]+)";
  private static final Pattern CREATE =
      Pattern.compile(
          "\\bCREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?("
              + NAME
              + ")\\s+ON\\s+(?:ONLY\\s+)?(?:("
              + NAME
              + ")\\s*\\.)?",
          Pattern.CASE_INSENSITIVE);

  private ConcurrentIndexes() {}

  /** Returns the sentence that takes them back, with a space before it; or nothing. */
  static String takeBack(String script) {
    List<String> drops = CREATE.matcher(script).results().map(ConcurrentIndexes::drop).toList();
    return drops.isEmpty()
        ? ""
        : " An index that was made concurrently is taken back by "
            + drops.stream().collect(Collectors.joining(" "));
  }

  private static String drop(MatchResult create) {
    String schema = create.group(2) == null ? "" : create.group(2) + ".";
    return "DROP INDEX CONCURRENTLY IF EXISTS " + schema + create.group(1) + ";";
  }
}
