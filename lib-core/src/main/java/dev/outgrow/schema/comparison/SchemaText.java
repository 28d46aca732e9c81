package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Column;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints a schema for people: its tables with their columns in order and everything else in order
 * of name. Equal schemas give equal text, line for line, so that two texts can be compared.
 *
 * <p>A name is in double quotes where it is not of letters, digits and underscores alone; control
 * characters are shown as U+FFFD. The text is not SQL.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class SchemaText {
  private final StringBuilder text = new StringBuilder();

  private SchemaText() {}

  /** Returns the text, each line with a line feed at its end. */
  public static String of(Schema schema) {
    SchemaText text = new SchemaText();
    text.line("schema " + Words.name(schema.name()) + ": " + counts(schema));
    schema.tables().stream().sorted(Comparator.comparing(Table::name)).forEach(text::table);
    schema.views().stream()
        .map(v -> (v.materialized() ? "materialized view " : "view ") + named(v.name(), v.sql()))
        .sorted()
        .forEach(text::block);
    schema.triggers().stream()
        .map(t -> "trigger " + Words.name(t.name()) + " on " + named(t.table(), t.sql()))
        .sorted()
        .forEach(text::block);
    schema.sequences().stream()
        .map(s -> "sequence " + Words.name(s.name()) + ": " + Words.sequence(s))
        .sorted()
        .forEach(text::block);
    schema.others().stream().map(SchemaText::other).sorted().forEach(text::block);
    return text.text.toString();
  }

  private static String counts(Schema schema) {
    return String.join(
        ", ",
        List.of(
            count(schema.tables().size(), "table"),
            count(schema.views().size(), "view"),
            count(schema.triggers().size(), "trigger"),
            count(schema.sequences().size(), "sequence"),
            count(schema.others().size(), "other object")));
  }

  private static String count(int number, String of) {
    return number + " " + of + (number == 1 ? "" : "s");
  }

  private void table(Table table) {
    String by = table.partitionedBy();
    block(
        "table "
            + Words.name(table.name())
            + (by == null ? "" : " partitioned by " + Words.line(by)));
    int width = table.columns().stream().mapToInt(c -> shown(c).length()).max().orElse(0);
    for (Column column : table.columns()) {
      String name = shown(column);
      line("  " + name + " ".repeat(width - name.length() + 2) + Words.column(column));
    }
    PrimaryKey key = table.primaryKey();
    if (key != null) {
      line(
          constraint("primary key", key.name())
              + Words.keyColumns(key.columns(), key.collations())
              + Words.deferred(key.deferrability()));
    }
    lines(
        table.uniqueKeys().stream()
            .map(k -> constraint("unique key", k.name()) + Words.unique(k))
            .toList());
    lines(
        table.foreignKeys().stream()
            .map(k -> constraint("foreign key", k.name()) + Words.foreign(k))
            .toList());
    lines(
        table.checks().stream().map(c -> constraint("check", c.name()) + Words.check(c)).toList());
    lines(
        table.indexes().stream().map(i -> constraint("index", i.name()) + Words.index(i)).toList());
  }

  private static String shown(Column column) {
    return Words.name(column.name());
  }

  private static String constraint(String what, @Nullable String name) {
    return "  " + what + (name == null ? "" : " " + Words.name(name)) + ": ";
  }

  private static String named(String name, String sql) {
    return Words.name(name) + ": " + Words.line(sql);
  }

  private static String other(NamedObject other) {
    String table = other.table();
    return other.kind().title()
        + " "
        + named(
            other.name(),
            (table == null ? "" : "of " + Words.name(table) + " ") + definition(other));
  }

  private static String definition(NamedObject other) {
    return other.definition().isEmpty() ? "(empty)" : other.definition();
  }

  private void lines(List<String> unordered) {
    unordered.stream().sorted().forEach(this::line);
  }

  private void block(String line) {
    text.append('\n');
    line(line);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
