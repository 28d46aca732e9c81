package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.source.Link;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;

/** Asks, row by row, what a reference refers to. */
final class LinkSql {
  static final String PARENT = "p";

  private LinkSql() {}

  /**
   * Returns two expressions for each column of a link: what refers, and what it refers to. They
   * compare as SQLite checks foreign keys: by the parent's collation, which the left side decides,
   * and its affinity, which rules because the plus takes the child's away.
   *
   * @param link the link
   * @param condition which rows of the parent count; empty for all
   */
  static List<String> pairs(Link link, String condition) {
    List<String> matches = new ArrayList<>();
    for (int i = 0; i < link.columns().size(); i++) {
      matches.add(
          parent(link.parentColumns().get(i)) + " = +" + TableAccess.quote(link.columns().get(i)));
    }
    if (!condition.isEmpty()) {
      matches.add(condition);
    }
    String source =
        " FROM "
            + Dialect.SQLITE.quote(link.parent())
            + " AS "
            + PARENT
            + " WHERE "
            + String.join(" AND ", matches);
    List<String> expressions = new ArrayList<>();
    for (int i = 0; i < link.columns().size(); i++) {
      expressions.add(TableAccess.quote(link.columns().get(i)));
      expressions.add("(SELECT " + parent(link.parentColumns().get(i)) + source + ")");
    }
    return expressions;
  }

  private static String parent(String column) {
    return PARENT + "." + Dialect.SQLITE.quote(column);
  }
}
