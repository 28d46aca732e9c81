package dev.outgrow.migration.authoring;

import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.Table;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.ColumnDefinition;
import dev.outgrow.sql.sqlite.TableDefinition;
import dev.outgrow.sql.sqlite.Token;
import dev.outgrow.sql.sqlite.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQLite's SQL for tables and indexes. */
final class SqliteTables {
  private static final Dialect SQL = Dialect.SQLITE;
  private static final Set<String> NOT_CONSTANT =
      Set.of("current_timestamp", "current_time", "current_date");

  private SqliteTables() {}

  /** Returns whether two definitions mean the same table, however they are written. */
  static boolean same(@Nullable String now, @Nullable String wanted) {
    if (now == null || wanted == null) {
      return false;
    }
    Optional<TableDefinition> one = parsed(now);
    Optional<TableDefinition> other = parsed(wanted);
    return (one.isPresent() && other.isPresent())
        ? one.equals(other)
        : tokens(now).equals(tokens(wanted));
  }

  private static Optional<TableDefinition> parsed(String sql) {
    return TableDefinition.parse(sql).value().map(table -> with(table, table.columns()));
  }

  /** Without its text, and without the case of its own name. */
  private static TableDefinition with(TableDefinition table, List<ColumnDefinition> columns) {
    return new TableDefinition(
        table.name(),
        columns,
        table.primaryKey(),
        table.uniqueKeys(),
        table.foreignKeys(),
        table.checks(),
        table.autoincrement(),
        table.withoutRowid(),
        table.strict(),
        "");
  }

  private static List<String> tokens(String sql) {
    return Tokenizer.tokens(sql).stream().map(Token::text).toList();
  }

  /** Returns the columns that ALTER TABLE can add to make one of the other; empty if it cannot. */
  static List<ColumnDefinition> addable(@Nullable String now, String wanted) {
    TableDefinition before = now == null ? null : parsed(now).orElse(null);
    TableDefinition after = parsed(wanted).orElse(null);
    if (before == null || after == null || after.columns().size() <= before.columns().size()) {
      return List.of();
    }
    int count = before.columns().size();
    List<ColumnDefinition> added = after.columns().subList(count, after.columns().size());
    boolean otherwiseSame = with(after, after.columns().subList(0, count)).equals(before);
    return otherwiseSame && added.stream().allMatch(SqliteTables::isSimple) ? added : List.of();
  }

  private static boolean isSimple(ColumnDefinition column) {
    var value = column.defaultValue();
    boolean constant =
        value == null
            || (!value.text().contains("(")
                && !NOT_CONSTANT.contains(Identifier.folded(value.text()))
                && Tokenizer.tokens(value.text()).size() <= 2);
    boolean filled = value != null && !Identifier.folded(value.text()).equals("null");
    return column.generated() == null && constant && (column.notNull() == null || filled);
  }

  static String column(ColumnDefinition column) {
    StringBuilder sql = new StringBuilder(SQL.quote(column.name()));
    sql.append(column.type().isEmpty() ? "" : " " + column.type());
    var notNull = column.notNull();
    if (notNull != null) {
      String name = notNull.name();
      sql.append(name == null ? "" : " CONSTRAINT " + SQL.quote(name)).append(" NOT NULL");
      var onConflict = notNull.onConflict();
      sql.append(onConflict == null ? "" : " ON CONFLICT " + onConflict.name());
    }
    var value = column.defaultValue();
    sql.append(value == null ? "" : " DEFAULT " + value.text());
    String collation = column.collation();
    return sql.append(collation == null ? "" : " COLLATE " + SQL.quote(collation)).toString();
  }

  /** Returns a definition with another name in the place of the table's; empty if unreadable. */
  static Optional<String> renamed(String create, String name) {
    List<Token> tokens = Tokenizer.tokens(create);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      // SQLite keeps the statement as CREATE TABLE and the name, whatever stood between.
      if (tokens.get(i).is("TABLE")) {
        Token old = tokens.get(i + 1);
        return Optional.of(
            create.substring(0, old.start()) + SQL.quote(name) + create.substring(old.end()));
      }
    }
    return Optional.empty();
  }

  static String index(Table table, Index index) {
    String predicate = index.predicate();
    return "CREATE "
        + (index.unique() ? "UNIQUE " : "")
        + "INDEX "
        + SQL.quote(index.name())
        + " ON "
        + SQL.quote(table.name())
        + " ("
        + index.parts().stream().map(SqliteTables::part).collect(Collectors.joining(", "))
        + ")"
        + (predicate == null ? "" : " WHERE " + predicate);
  }

  private static String part(Index.Part part) {
    String column = part.column();
    String collation = part.collation();
    return (column == null ? String.valueOf(part.expression()) : SQL.quote(column))
        + (collation == null ? "" : " COLLATE " + SQL.quote(collation))
        + (part.descending() ? " DESC" : "");
  }

  /** Returns the columns that rows can be taken over in. */
  static List<Column> taken(Table now, Table wanted) {
    return wanted.columns().stream()
        .filter(column -> column.generated() == null)
        .filter(
            column ->
                now.columns().stream()
                    .anyMatch(
                        old ->
                            Identifier.folded(old.name()).equals(Identifier.folded(column.name()))))
        .toList();
  }
}
