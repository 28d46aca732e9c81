package dev.outgrow.database.violation;

import dev.outgrow.error.ConstraintException.Kind;
import dev.outgrow.error.ConstraintException.Rule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQLite names what was broken in one text: {@code UNIQUE constraint failed: t.a, t.b}. Names stand
 * in it as they are, dots, commas and quotes included, so it cannot be taken apart for certain. The
 * schema is asked which of its rules would give that very text.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class SqliteRules {
  private static final Pattern PLAIN = Pattern.compile("([A-Za-z_]\\w*)\\.([A-Za-z_]\\w*)");

  private SqliteRules() {}

  /** Returns what the text alone says, where its names hold nothing but letters and digits. */
  public static Rule said(Kind kind, String words) {
    Rule nothing = new Rule(kind, null, null, List.of(), null);
    if (kind != Kind.UNIQUE && kind != Kind.NOT_NULL) {
      return nothing;
    }
    String table = null;
    List<String> columns = new ArrayList<>();
    for (String part : object(words).split(", ", -1)) {
      Matcher plain = PLAIN.matcher(part);
      if (!plain.matches() || (table != null && !table.equals(plain.group(1)))) {
        return nothing;
      }
      table = plain.group(1);
      columns.add(plain.group(2));
    }
    return new Rule(kind, null, table, columns, null);
  }

  /** Returns the rule of the schema that gives this text, as far as all that do are one. */
  public static Rule complete(Connection connection, Rule said, String words) throws SQLException {
    SqliteCandidates candidates = new SqliteCandidates(connection, object(words));
    List<Rule> found =
        switch (said.kind()) {
          case UNIQUE -> candidates.keys();
          case NOT_NULL -> candidates.columns();
          case CHECK -> candidates.checks();
          case FOREIGN_KEY, EXCLUSION, OTHER -> List.of();
        };
    return found.isEmpty() ? said : common(said.kind(), found);
  }

  /** Returns the foreign key that a commit broke, if all rows in question are of one. */
  public static Rule brokenAtCommit(Connection connection) throws SQLException {
    List<Rule> found = SqliteOrphans.keys(connection);
    return found.isEmpty()
        ? new Rule(Kind.FOREIGN_KEY, null, null, List.of(), null)
        : common(Kind.FOREIGN_KEY, found);
  }

  private static Rule common(Kind kind, List<Rule> found) {
    Rule first = found.get(0);
    boolean sameTable =
        found.stream().allMatch(r -> String.valueOf(r.table()).equals(first.table()));
    boolean sameColumns =
        sameTable && found.stream().allMatch(r -> r.columns().equals(first.columns()));
    boolean sameName =
        sameColumns
            && found.stream()
                .allMatch(r -> String.valueOf(r.constraint()).equals(first.constraint()));
    return new Rule(
        kind,
        null,
        sameTable ? first.table() : null,
        sameColumns ? first.columns() : List.of(),
        sameName ? first.constraint() : null);
  }

  /** What stands behind {@code … constraint failed: }. */
  private static String object(String words) {
    String before = " constraint failed: ";
    int at = words.indexOf(before);
    return at < 0 ? "" : words.substring(at + before.length());
  }
}
