package dev.outgrow.importer.plan;

import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes conditions and questions of SQL about staged rows that are added to rows which are there:
 * which of them are there by the table's key, and which are in the way of others. A staged row goes
 * by {@code c}, one that is there by {@code t}.
 */
final class AppendSql {
  private final ExistingMapping mapping;
  private final LandingSql landing;

  AppendSql(ExistingMapping mapping, LandingSql landing) {
    this.mapping = mapping;
    this.landing = landing;
  }

  /** Returns a staged value in the type of the column that is there. */
  static String landed(LandedTable table, String alias, String target) {
    return table.landings().get(table.position(target)).into(alias + "." + quote(target));
  }

  /** Returns the condition that a staged row and one that is there have these columns alike. */
  static String alike(LandedTable table, List<String> columns, String staged) {
    return columns.stream()
        .map(c -> "t." + quote(c) + " = " + landed(table, staged, c))
        .collect(Collectors.joining(" AND "));
  }

  /** Returns the condition that a staged row's key is there. */
  String isThere(LandedTable table) {
    return exists(table, alike(table, table.key(), "c"));
  }

  /** Returns what is asked of the staged rows of all tables, each row for itself. */
  List<Question> collisions() {
    List<Question> questions = new ArrayList<>();
    for (LandedTable table : mapping.tables()) {
      if (!table.key().isEmpty()) {
        table
            .otherKeys()
            .forEach((name, columns) -> questions.add(collision(table, name, columns)));
      }
    }
    return questions;
  }

  /** Returns what is asked of all staged rows together. */
  List<Question> duplicates() {
    return mapping.tables().stream().filter(t -> !t.key().isEmpty()).map(this::duplicates).toList();
  }

  /**
   * A row that stays as it is has what a staged row is to have alone. One that gets the values of
   * another staged row is not in the way.
   */
  private Question collision(LandedTable table, String name, List<String> columns) {
    String alike = alike(table, columns, "c");
    String condition =
        mapping.append() == Append.UPSERT
            ? exists(
                table,
                alike
                    + " AND NOT ("
                    + alike(table, table.key(), "c")
                    + ") AND NOT EXISTS (SELECT FROM "
                    + landing.staged(table)
                    + " AS d WHERE "
                    + alike(table, table.key(), "d")
                    + ")")
            : exists(table, alike) + " AND NOT " + isThere(table);
    String from = " FROM " + landing.staged(table) + " AS c WHERE " + condition;
    String shown = table.existing().name() + "(" + String.join(", ", columns) + ")";
    List<ColumnMapping> key = columns(table, table.key());
    return new Question(
        "Whether a row that is there has what one of the file's has to have alone: " + shown,
        "of " + shown + " that another row of the target has already, unique key " + name,
        "SELECT count(*)" + from,
        example(key, from),
        key.stream().map(ColumnMapping::source).toList(),
        condition,
        table.mapping().source(),
        columns(table, columns).stream()
            .map(ColumnMapping::source)
            .collect(Collectors.joining(", ")),
        "another row of the target has it already, unique key " + name,
        null,
        null);
  }

  /** The rows that are there lend their collation: two spellings may be one key. */
  private Question duplicates(LandedTable table) {
    List<String> there = new ArrayList<>();
    List<String> staged = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String column : table.key()) {
      names.add("k" + names.size());
      there.add("t." + quote(column) + " AS k" + there.size());
      staged.add(landed(table, "c", column));
    }
    String from =
        " FROM ((SELECT "
            + String.join(", ", there)
            + " FROM "
            + landing.there(table)
            + " AS t LIMIT 0) UNION ALL SELECT "
            + String.join(", ", staged)
            + " FROM "
            + landing.staged(table)
            + " AS c) AS k GROUP BY "
            + String.join(", ", names)
            + " HAVING count(*) > 1";
    String shown = table.existing().name() + "(" + String.join(", ", table.key()) + ")";
    return new Question(
        "Whether the file has each key once: " + shown,
        "of " + shown + " that several rows of the file have, and one alone can have",
        "SELECT count(*) FROM (SELECT" + from + ") AS twice",
        "SELECT "
            + names.stream().map(n -> "CAST(" + n + " AS text)").collect(Collectors.joining(", "))
            + from
            + " LIMIT 1",
        columns(table, table.key()).stream().map(ColumnMapping::source).toList(),
        "",
        "",
        "",
        "",
        null,
        null);
  }

  private String exists(LandedTable table, String condition) {
    return "EXISTS (SELECT FROM " + landing.there(table) + " AS t WHERE " + condition + ")";
  }

  private static String example(List<ColumnMapping> key, String from) {
    return "SELECT "
        + key.stream()
            .map(c -> "CAST(c." + quote(c.target()) + " AS text)")
            .collect(Collectors.joining(", "))
        + from
        + " LIMIT 1";
  }

  private static List<ColumnMapping> columns(LandedTable table, List<String> targets) {
    return targets.stream().map(c -> table.mapping().columns().get(table.position(c))).toList();
  }

  static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }
}
