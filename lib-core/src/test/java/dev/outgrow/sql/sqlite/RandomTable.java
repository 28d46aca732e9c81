package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.Generated;
import dev.outgrow.sql.sqlite.ColumnDefinition.NotNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A table made at random, as tokens to write and as what should be read of them. It is right in its
 * grammar; two of its constraints may contradict each other, and SQLite refuses it then.
 */
final class RandomTable {
  private static final List<String> NAMES =
      List.of(
          "a",
          "Id",
          "naïve",
          "sp ace",
          "quo\"te",
          "it's",
          "br]acket",
          "tick`",
          "order",
          "key",
          "",
          "no",
          "rowid",
          "x\ny",
          "😀",
          "TABLE",
          "generated",
          "--",
          "/*");
  private static final List<String> EXPRESSIONS =
      List.of(
          "1",
          "length('a)b')",
          "( ( 1 ) + 2 )",
          "CASE WHEN 1 THEN ')' ELSE \"(\" END",
          "1 /* ) */ IN ( 1 , 2 )",
          "x'00ff' || 'it''s' -- )\n",
          "1 IS NOT NULL AND 'a' LIKE '%(' ESCAPE '!'",
          "CAST ( 1 AS VARCHAR ( 3 ) )");
  private static final List<String> TYPES =
      List.of(
          "",
          "INTEGER",
          "int",
          "Text",
          "VARCHAR ( 10 )",
          "DECIMAL ( +10 , -2 )",
          "'quoted' type",
          "\"double\" [bracket]",
          "UNSIGNED BIG INT",
          "LONG VARCHAR",
          "key",
          "DATE desc",
          "x");
  private static final List<String> DEFAULTS =
      List.of("1", "- 1", "+ 1.5e3", "'it''s'", "x'00'", "NULL", "current_timestamp", "0x1F", ".5");

  private final Random random;
  private final List<String> tokens = new ArrayList<>();
  private final List<ColumnDefinition> columns = new ArrayList<>();
  private final List<KeyDefinition> uniqueKeys = new ArrayList<>();
  private final List<ForeignKey> foreignKeys = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<String> columnNames;
  private final String name;
  private @Nullable KeyDefinition primaryKey;
  private boolean autoincrement;
  private boolean strict;
  private boolean withoutRowid;

  RandomTable(Random random) {
    this.random = random;
    this.name = one(NAMES);
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    this.columnNames = List.copyOf(names.subList(0, 1 + random.nextInt(5)));
    write();
  }

  String name() {
    return name;
  }

  List<String> tokens() {
    return tokens;
  }

  /** Returns what should be read; types and whole text are SQLite's to say. */
  TableDefinition expected(TableDefinition read) {
    List<ColumnDefinition> typed = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ColumnDefinition c = columns.get(i);
      typed.add(
          new ColumnDefinition(
              c.name(),
              read.columns().get(i).type(),
              c.notNull(),
              c.defaultValue(),
              c.collation(),
              c.generated()));
    }
    return new TableDefinition(
        name,
        typed,
        primaryKey,
        uniqueKeys,
        foreignKeys,
        checks,
        autoincrement,
        withoutRowid,
        strict,
        read.sql());
  }

  private void write() {
    add("CREATE TABLE " + quoted(name) + " (");
    for (int i = 0; i < columnNames.size(); i++) {
      if (i > 0) {
        add(",");
      }
      column(columnNames.get(i), i == 0);
    }
    boolean first = true;
    for (int i = random.nextInt(4); i > 0; i--) {
      // The first one needs its comma, the others do without.
      if (first || random.nextBoolean()) {
        add(",");
      }
      first = false;
      tableConstraint();
    }
    add(")");
    if (primaryKey != null && !autoincrement && chance(4)) {
      withoutRowid = true;
      add("WITHOUT " + one(List.of("ROWID", "rowid", "\"RowId\"")));
    }
  }

  private void column(String column, boolean first) {
    add(quoted(column));
    boolean identity = first && chance(3);
    add(identity ? "INTEGER" : one(TYPES));
    NotNull notNull = null;
    DefaultValue value = null;
    String collation = null;
    Generated generated = null;
    if (identity) {
      String constraint = constraintName();
      autoincrement = random.nextBoolean();
      add("PRIMARY KEY" + (random.nextBoolean() ? " ASC" : ""));
      primaryKey = new KeyDefinition(constraint, part(column, false), onConflict());
      add(autoincrement ? "AUTOINCREMENT" : "");
    }
    if (chance(3)) {
      String constraint = constraintName();
      add("NOT NULL");
      notNull = new NotNull(constraint, onConflict());
    }
    if (chance(4)) {
      add("NULL");
    }
    if (!first && chance(6)) {
      add(one(List.of("AS", "GENERATED ALWAYS AS")));
      String expression = expression();
      boolean stored = random.nextBoolean();
      add(stored ? "stored" : one(List.of("", "VIRTUAL")));
      generated = new Generated(expression, stored);
    } else if (chance(2)) {
      add("DEFAULT");
      value = defaultValue();
    }
    if (chance(4)) {
      collation = one(List.of("NOCASE", "rtrim", "BINARY"));
      add("COLLATE " + one(List.of(collation, "\"" + collation + "\"", "'" + collation + "'")));
    }
    columnConstraints(column);
    columns.add(new ColumnDefinition(column, "", notNull, value, collation, generated));
  }

  private void columnConstraints(String column) {
    if (chance(4)) {
      String constraint = constraintName();
      add("UNIQUE");
      uniqueKeys.add(new KeyDefinition(constraint, part(column, false), onConflict()));
    }
    if (chance(4)) {
      String constraint = constraintName();
      add("CHECK");
      checks.add(new Check(constraint, expression()));
    }
    if (chance(4)) {
      foreignKeys.add(references(constraintName(), List.of(column)));
    }
    if (chance(8)) {
      // A name of no constraint at all.
      add("CONSTRAINT " + quoted(one(NAMES)));
    }
  }

  private void tableConstraint() {
    String constraint = constraintName();
    int kind = random.nextInt(4);
    if (kind == 0 && primaryKey == null) {
      add("PRIMARY KEY (");
      List<KeyDefinition.Part> parts = parts();
      add(")");
      primaryKey = new KeyDefinition(constraint, parts, onConflict());
    } else if (kind == 1) {
      add("CHECK");
      checks.add(new Check(constraint, expression()));
      onConflict();
    } else if (kind == 2) {
      add("FOREIGN KEY (" + quoted(columnNames.get(0)) + ")");
      foreignKeys.add(references(constraint, List.of(columnNames.get(0))));
    } else {
      add("UNIQUE (");
      List<KeyDefinition.Part> parts = parts();
      add(")");
      uniqueKeys.add(new KeyDefinition(constraint, parts, onConflict()));
    }
  }

  private List<KeyDefinition.Part> parts() {
    List<KeyDefinition.Part> parts = new ArrayList<>();
    for (String column : columnNames.subList(0, 1 + random.nextInt(columnNames.size()))) {
      add(parts.isEmpty() ? "" : ",");
      add(quoted(column));
      String collation = chance(3) ? one(List.of("NOCASE", "RTRIM")) : null;
      add(collation == null ? "" : "COLLATE " + collation);
      boolean descending = chance(3);
      add(descending ? "DESC" : one(List.of("", "ASC")));
      parts.add(new KeyDefinition.Part(column, collation, descending));
    }
    return parts;
  }

  private static List<KeyDefinition.Part> part(String column, boolean descending) {
    return List.of(new KeyDefinition.Part(column, null, descending));
  }

  private ForeignKey references(@Nullable String constraint, List<String> from) {
    String table = one(NAMES);
    add("REFERENCES " + quoted(table));
    List<String> referenced = chance(2) ? List.of(one(NAMES)) : List.of();
    add(referenced.isEmpty() ? "" : "(" + quoted(referenced.get(0)) + ")");
    Action onDelete = Action.NO_ACTION;
    Action onUpdate = Action.NO_ACTION;
    for (int i = random.nextInt(3); i > 0; i--) {
      Action action = one(Arrays.asList(Action.values()));
      boolean delete = random.nextBoolean();
      onDelete = delete ? action : onDelete;
      onUpdate = delete ? onUpdate : action;
      add("ON " + (delete ? "DELETE " : "update ") + action.sql().toLowerCase(Locale.ROOT));
    }
    add(one(List.of("", "MATCH full", "ON INSERT CASCADE")));
    return new ForeignKey(constraint, from, table, referenced, onDelete, onUpdate, deferrability());
  }

  private Deferrability deferrability() {
    Deferrability deferrability = one(Arrays.asList(Deferrability.values()));
    add(
        switch (deferrability) {
          case NOT_DEFERRABLE ->
              one(List.of("", "NOT DEFERRABLE", "NOT DEFERRABLE INITIALLY DEFERRED"));
          case INITIALLY_IMMEDIATE -> one(List.of("DEFERRABLE", "DEFERRABLE INITIALLY IMMEDIATE"));
          case INITIALLY_DEFERRED -> "DEFERRABLE INITIALLY DEFERRED";
        });
    return deferrability;
  }

  private @Nullable String constraintName() {
    String constraint = chance(3) ? one(NAMES) : null;
    add(constraint == null ? "" : "CONSTRAINT " + quoted(constraint));
    return constraint;
  }

  private @Nullable OnConflict onConflict() {
    if (!chance(4)) {
      return null;
    }
    OnConflict choice = one(Arrays.asList(OnConflict.values()));
    add("ON CONFLICT " + choice.name().toLowerCase(Locale.ROOT));
    return choice;
  }

  /** Writes an expression in brackets and returns what should be read of it. */
  private String expression() {
    return expression(EXPRESSIONS);
  }

  private String expression(List<String> choices) {
    String expression = one(choices);
    // Not to be cut: what stands between its tokens must be read as it is.
    tokens.add("(" + expression + ")");
    return expression.replace(" -- )\n", "");
  }

  private DefaultValue defaultValue() {
    if (chance(4)) {
      // A default must be constant, and a double quote might name a column.
      String expression = expression(EXPRESSIONS.stream().filter(e -> !e.contains("\"")).toList());
      return new DefaultValue(expression, expression);
    }
    if (chance(4)) {
      boolean quoted = random.nextBoolean();
      tokens.add(quoted ? "\"it's\"" : "bare");
      return quoted ? new DefaultValue("\"it's\"", "'it''s'") : new DefaultValue("bare", "'bare'");
    }
    String value = one(DEFAULTS);
    tokens.add(value);
    return new DefaultValue(value, value);
  }

  private String quoted(String text) {
    return switch (random.nextInt(5)) {
      case 0 -> "'" + text.replace("'", "''") + "'";
      case 1 -> "`" + text.replace("`", "``") + "`";
      case 2 -> text.contains("]") ? quoted(text) : "[" + text + "]";
      case 3 -> text.matches("a|Id|naïve|😀|key|no|rowid") ? text : quoted(text);
      default -> "\"" + text.replace("\"", "\"\"") + "\"";
    };
  }

  /** Adds tokens: quoted ones whole, the others cut at blanks. */
  private void add(String text) {
    Tokenizer.tokens(text).forEach(token -> tokens.add(token.text()));
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
