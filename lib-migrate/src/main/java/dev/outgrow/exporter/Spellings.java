package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.TargetType.Base;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a former file spells its moments, its truth and its UUIDs. */
final class Spellings {
  private static final int SAMPLE = 1_000;
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d([ T])\\d\\d:\\d\\d(:\\d\\d)?(?:\\.(\\d{1,6}))?(Z|\\+00:00| Z| \\+00:00)?");
  private static final Pattern TIME =
      Pattern.compile("()\\d\\d:\\d\\d(:\\d\\d)?(?:\\.(\\d{1,6}))?()");

  private final Connection file;

  Spellings(Connection file) {
    this.file = file;
  }

  /**
   * Returns how a column is spelled, or null where that cannot be told or is not of one kind.
   *
   * @param base what PostgreSQL's column is
   */
  @Nullable Spelling of(String table, String column, Base base) throws SQLException {
    return switch (base) {
      case TIMESTAMP, TIMESTAMPTZ -> moment(sample(table, column, "text"), MOMENT);
      case TIME -> moment(sample(table, column, "text"), TIME);
      case BOOLEAN -> truth(sample(table, column, "text"));
      case UUID -> uuid(sample(table, column, "text"), sample(table, column, "blob"));
      default -> null;
    };
  }

  /** Returns whether a column that became bytes holds text as well: which rows is not known. */
  boolean mixesTextIntoBytes(String table, String column) throws SQLException {
    return !sample(table, column, "text").isEmpty();
  }

  private List<String> sample(String table, String column, String type) throws SQLException {
    String quoted = Dialect.SQLITE.quote(column);
    return SqliteDraft.query(
            file,
            "SELECT DISTINCT CAST("
                + quoted
                + " AS TEXT) FROM (SELECT "
                + quoted
                + " FROM "
                + Dialect.SQLITE.quote(table)
                + " WHERE typeof("
                + quoted
                + ") = '"
                + type
                + "' LIMIT "
                + SAMPLE
                + ")")
        .stream()
        .map(cells -> cells.get(0))
        .toList();
  }

  private static @Nullable Spelling moment(List<String> texts, Pattern pattern) {
    Set<Spelling> found = new LinkedHashSet<>();
    Set<Integer> decimals = new LinkedHashSet<>();
    for (String text : texts) {
      Matcher m = pattern.matcher(text);
      if (!m.matches()) {
        return null;
      }
      decimals.add(m.group(3) == null ? 0 : m.group(3).length());
      char separator = m.group(1).isEmpty() ? ' ' : m.group(1).charAt(0);
      String zone = m.group(4) == null ? "" : m.group(4);
      found.add(Spelling.moment(separator, zone, -1, m.group(2) != null));
    }
    if (found.size() != 1) {
      return null;
    }
    Spelling one = found.iterator().next();
    int digits = decimals.size() == 1 ? decimals.iterator().next() : -1;
    return Spelling.moment(one.separator(), one.zone(), digits, one.seconds());
  }

  private static @Nullable Spelling truth(List<String> words) {
    String yes = "";
    String no = "";
    for (String word : words) {
      boolean affirms =
          Set.of("t", "true", "y", "yes", "on", "1").contains(word.toLowerCase(Locale.ROOT));
      if (!(affirms ? yes : no).isEmpty()) {
        return null;
      }
      yes = affirms ? word : yes;
      no = affirms ? no : word;
    }
    return yes.isEmpty() || no.isEmpty() ? null : Spelling.truth(yes, no);
  }

  private static @Nullable Spelling uuid(List<String> texts, List<String> blobs) {
    if (texts.isEmpty()) {
      return blobs.isEmpty() ? null : Spelling.uuid(false, true);
    }
    boolean capitals = texts.stream().allMatch(t -> t.equals(t.toUpperCase(Locale.ROOT)));
    boolean small = texts.stream().allMatch(t -> t.equals(t.toLowerCase(Locale.ROOT)));
    return blobs.isEmpty() && (capitals || small) ? Spelling.uuid(capitals && !small, false) : null;
  }
}
