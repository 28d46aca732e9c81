package dev.outgrow.importer.random;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as it was thrown. Choices are numbers, taken modulo what there is to choose from, so that
 * every part can be left out while a failure is made smaller.
 *
 * @param name its name
 * @param key what its primary key is
 * @param strict whether SQLite holds it to its types
 * @param columns its columns
 * @param generated its generated columns
 * @param uniques unique constraints: choices of columns
 * @param references foreign keys
 * @param indexes indexes
 * @param rows for each row the choices of its values
 */
record RandomTable(
    String name,
    Key key,
    boolean strict,
    List<Column> columns,
    List<Integer> generated,
    List<List<Integer>> uniques,
    List<Reference> references,
    List<Index> indexes,
    List<List<Integer>> rows) {
  private static final List<String> STRICT =
      List.of("INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY");
  private static final List<String> CHECKS =
      List.of(
          "%s IS NULL OR length(%s) < 5000",
          "%s >= 0 OR %s < 0 OR %s IS NULL OR typeof(%s) <> 'integer'",
          "typeof(%s) <> 'nothing'",
          "%s IN (0, 1) OR %s NOT IN (0, 1) OR %s IS NULL",
          "%s GLOB '*' OR %s IS NULL",
          "coalesce(%s, 1) IS NOT NULL");
  private static final List<String> GENERATED =
      List.of("%s || 'x'", "length(%s)", "%s + 1", "lower(%s)", "%s IS NULL", "%s");
  private static final List<String> DEFAULTS =
      List.of(
          "5",
          "'it''s'",
          "-1.5",
          "CURRENT_TIMESTAMP",
          "(datetime('now'))",
          "x'00'",
          "NULL",
          "TRUE",
          "(1 + 1)",
          "\"word\"",
          "(random())",
          "'2024-01-01'",
          "(strftime('%s', 'now'))",
          "'null'",
          "(sqlite_version())");

  enum Key {
    NONE,
    ROWID,
    AUTOINCREMENT,
    ONE,
    TWO,
    DESCENDING,
    WITHOUT_ROWID,
    WITHOUT_ROWID_TWO
  }

  /**
   * A column.
   *
   * @param pool what it holds
   * @param trimmings which of NOT NULL, COLLATE, DEFAULT and CHECK it has
   */
  record Column(String name, String type, Pool pool, int trimmings) {}

  /**
   * A foreign key.
   *
   * @param columns the referring columns
   * @param table the table it refers to
   * @param form how it names that
   */
  record Reference(List<Integer> columns, int table, int form) {}

  /**
   * An index.
   *
   * @param form whether it is unique, partial, over an expression
   */
  record Index(List<Integer> columns, int form) {}

  /** Returns the statement that makes it, besides these tables. */
  String create(List<RandomTable> tables) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      parts.add(column(i));
    }
    for (int i = 0; i < generated.size(); i++) {
      int choice = generated.get(i);
      parts.add(
          quote("generated " + i)
              + (strict ? " ANY" : choice % 3 == 0 ? "" : " TEXT")
              + " AS ("
              + about(GENERATED, choice)
              + ")"
              + (choice % 2 == 0 ? " STORED" : ""));
    }
    key(parts);
    uniques.forEach(u -> parts.add("UNIQUE (" + list(u) + ")"));
    references.forEach(r -> parts.add(reference(r, tables)));
    List<String> options = new ArrayList<>();
    if (withoutRowid()) {
      options.add("WITHOUT ROWID");
    }
    if (strict) {
      options.add("STRICT");
    }
    return "CREATE TABLE "
        + quote(name)
        + " ("
        + String.join(", ", parts)
        + ") "
        + String.join(", ", options);
  }

  private boolean withoutRowid() {
    return key == Key.WITHOUT_ROWID || key == Key.WITHOUT_ROWID_TWO;
  }

  private boolean hasRowidKey() {
    return key == Key.ROWID || key == Key.AUTOINCREMENT;
  }

  private String column(int position) {
    Column column = columns.get(position);
    if (position == 0 && hasRowidKey()) {
      String autoincrement = key == Key.AUTOINCREMENT ? " AUTOINCREMENT" : "";
      return quote(column.name()) + " INTEGER PRIMARY KEY" + autoincrement;
    }
    String type =
        strict ? STRICT.get(Math.floorMod(column.type().hashCode(), STRICT.size())) : column.type();
    return quote(column.name()) + " " + type + trimmings(column);
  }

  private static String trimmings(Column column) {
    int t = column.trimmings();
    String name = quote(column.name());
    return (t % 5 == 4 ? " NOT NULL" : "")
        + (t % 7 == 6 ? " COLLATE " + (t % 2 == 0 ? "NOCASE" : "RTRIM") : "")
        + (t % 3 == 2 ? " DEFAULT " + DEFAULTS.get(t % DEFAULTS.size()) : "")
        + (t % 4 == 3 ? " CHECK (" + CHECKS.get(t % CHECKS.size()).replace("%s", name) + ")" : "");
  }

  private void key(List<String> parts) {
    String first = quote(columns.get(0).name());
    switch (key) {
      case ONE, WITHOUT_ROWID -> parts.add("PRIMARY KEY (" + first + ")");
      case DESCENDING -> parts.add("CONSTRAINT \"the key\" PRIMARY KEY (" + first + " DESC)");
      case TWO, WITHOUT_ROWID_TWO -> parts.add("PRIMARY KEY (" + list(List.of(1, 0)) + ")");
      default -> {}
    }
  }

  private String reference(Reference reference, List<RandomTable> tables) {
    RandomTable target = tables.get(reference.table() % tables.size());
    int form = reference.form();
    String name = form % 11 == 10 ? "missing" : target.name();
    List<String> referring = names(reference.columns());
    List<String> referred = target.names(form % 2 == 0 ? List.of(0, 1, 2) : reference.columns());
    int most = form % 3 == 1 ? 1 : Math.min(referring.size(), referred.size());
    return (form % 5 == 0 ? "CONSTRAINT " + quote("to " + name) + " " : "")
        + "FOREIGN KEY ("
        + String.join(", ", referring.subList(0, most))
        + ") REFERENCES "
        + quote(form % 2 == 0 ? name : swapAsciiCase(name))
        + (form % 3 == 0 ? "" : " (" + String.join(", ", referred.subList(0, most)) + ")")
        + (form % 4 == 0 ? " ON DELETE CASCADE" : "")
        + (form % 4 == 1 ? " ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED" : "");
  }

  /** Returns the statement that makes an index. */
  String create(Index index, String indexName) {
    int form = index.form();
    List<String> parts = new ArrayList<>(List.of(list(index.columns())));
    if (form % 3 == 1) {
      parts.set(0, parts.get(0) + (form % 2 == 0 ? " DESC" : " COLLATE NOCASE"));
    } else if (form % 3 == 2) {
      parts.add(about(List.of("lower(%s)", "length(%s)", "%s || 'x'", "%s + 1"), form));
    }
    String where =
        form % 4 == 3
            ? " WHERE " + about(List.of("%s IS NOT NULL", "%s > 0", "%s = 'a'"), form)
            : "";
    return "CREATE "
        + (form % 5 == 0 ? "UNIQUE " : "")
        + "INDEX "
        + quote(indexName)
        + " ON "
        + quote(name)
        + " ("
        + String.join(", ", parts)
        + ")"
        + where;
  }

  /** Returns the statement that adds a row. */
  String insert(List<Integer> row) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      names.add(quote(columns.get(i).name()));
      values.add(columns.get(i).pool().value(row.get(i % row.size())));
    }
    return "INSERT OR IGNORE INTO "
        + quote(name)
        + " ("
        + String.join(", ", names)
        + ") VALUES ("
        + String.join(", ", values)
        + ")";
  }

  private String about(List<String> forms, int choice) {
    String column = quote(columns.get(choice / 2 % columns.size()).name());
    return forms.get(choice % forms.size()).replace("%s", column);
  }

  private String list(List<Integer> choices) {
    return String.join(", ", names(choices));
  }

  /** Returns the quoted names of chosen columns, each once. */
  private List<String> names(List<Integer> choices) {
    return choices.stream()
        .map(c -> quote(columns.get(c % columns.size()).name()))
        .distinct()
        .toList();
  }

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String swapAsciiCase(String name) {
    StringBuilder swapped = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z';
      boolean lower = c >= 'a' && c <= 'z';
      swapped.append((char) (upper ? c + 32 : lower ? c - 32 : c));
    }
    return swapped.toString();
  }
}
