package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.Generated;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.Sequence;
import dev.outgrow.schema.UniqueKey;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words in which parts of a schema are shown to people. Not for SQL. */
final class Words {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z_0-9$]*");
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  /** What would speak to a terminal or turn its direction. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

  private Words() {}

  /** Returns a text that stays on its line. */
  static String line(String text) {
    String line = WHITE_SPACE.matcher(text).replaceAll(" ").strip();
    return UNPRINTABLE.matcher(line).replaceAll("\uFFFD");
  }

  /** Returns a name as a person reads it: in quotes where its end could be mistaken. */
  static String name(String name) {
    String shown = UNPRINTABLE.matcher(name).replaceAll("\uFFFD");
    return PLAIN.matcher(name).matches() ? shown : '"' + shown.replace("\"", "\"\"") + '"';
  }

  static String names(Collection<String> names) {
    return names.stream().map(Words::name).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Returns where something is. A name that begins with a bracket stands for a missing one. */
  static String place(Part part, @Nullable String table, String name) {
    String own = part.title() + " " + (name.startsWith("(") ? line(name) : name(name));
    return table == null ? own : "table " + name(table) + ": " + own;
  }

  static String column(Column column) {
    StringBuilder words = new StringBuilder(type(column.type()));
    words.append(column.nullable() ? "" : " not null");
    words.append(
        column.identity() == Identity.NONE ? "" : " identity " + identity(column.identity()));
    words.append(column.defaultValue() == null ? "" : " default " + column.defaultValue());
    words.append(column.generated() == null ? "" : " generated as " + of(column.generated()));
    words.append(column.collation() == null ? "" : " collate " + name(column.collation()));
    return line(words.toString());
  }

  static String type(String type) {
    return type.isEmpty() ? "(no type)" : type;
  }

  static String identity(Identity identity) {
    return switch (identity) {
      case NONE -> "none";
      case BY_DEFAULT -> "by default";
      case ALWAYS -> "always";
    };
  }

  static String of(@Nullable Generated generated) {
    return generated == null
        ? "none"
        : "(" + generated.expression() + ")" + (generated.stored() ? " stored" : " virtual");
  }

  static String unique(UniqueKey key) {
    return keyColumns(key.columns(), key.collations())
        + (key.nullsDistinct() ? "" : " nulls not distinct")
        + deferred(key.deferrability());
  }

  static String keyColumns(Collection<String> columns, Map<String, String> collations) {
    return names(columns) + (collations.isEmpty() ? "" : " collate " + collations(collations));
  }

  static String collations(Map<String, String> collations) {
    return collations.isEmpty()
        ? "none"
        : new TreeMap<>(collations)
            .entrySet().stream()
                .map(e -> name(e.getKey()) + " " + name(e.getValue()))
                .collect(Collectors.joining(", ", "(", ")"));
  }

  static String foreign(ForeignKey key) {
    return names(key.columns())
        + " references "
        + name(key.referencedTable())
        + (key.referencedColumns().isEmpty() ? "" : " " + names(key.referencedColumns()))
        + (key.match() == ForeignKey.Match.SIMPLE ? "" : " match full")
        + action(" on delete ", key.onDelete())
        + action(" on update ", key.onUpdate())
        + deferred(key.deferrability())
        + (key.validated() ? "" : " not valid");
  }

  private static String action(String when, Action action) {
    return action == Action.NO_ACTION ? "" : when + action(action);
  }

  static String action(Action action) {
    return switch (action) {
      case NO_ACTION -> "no action";
      case RESTRICT -> "restrict";
      case CASCADE -> "cascade";
      case SET_NULL -> "set null";
      case SET_DEFAULT -> "set default";
    };
  }

  static String deferred(Deferrability deferrability) {
    return deferrability == Deferrability.NOT_DEFERRABLE ? "" : " " + of(deferrability);
  }

  static String of(Deferrability deferrability) {
    return switch (deferrability) {
      case NOT_DEFERRABLE -> "not deferrable";
      case INITIALLY_IMMEDIATE -> "deferrable initially immediate";
      case INITIALLY_DEFERRED -> "deferrable initially deferred";
    };
  }

  static String check(Check check) {
    return line(check.expression()) + (check.validated() ? "" : " not valid");
  }

  static String index(Index index) {
    return (index.unique() ? "unique " : "")
        + parts(index)
        + (index.method().equals("btree") ? "" : " using " + name(index.method()))
        + (index.included().isEmpty() ? "" : " include " + names(index.included()))
        + (index.nullsDistinct() ? "" : " nulls not distinct")
        + (index.predicate() == null ? "" : " where " + line(index.predicate()));
  }

  static String parts(Index index) {
    return index.parts().stream().map(Words::part).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String part(Index.Part part) {
    String column = part.column();
    return (column == null ? line(String.valueOf(part.expression())) : name(column))
        + (part.collation() == null ? "" : " collate " + name(part.collation()))
        + (part.operatorClass() == null ? "" : " " + name(part.operatorClass()))
        + (part.descending() ? " desc" : "")
        + nulls(part.nulls());
  }

  private static String nulls(Index.@Nullable Nulls nulls) {
    return nulls == null ? "" : nulls == Index.Nulls.FIRST ? " nulls first" : " nulls last";
  }

  static String sequence(Sequence sequence) {
    return sequence.type()
        + " from "
        + sequence.start()
        + " by "
        + sequence.increment()
        + " within "
        + sequence.minimum()
        + " and "
        + sequence.maximum()
        + (sequence.cache() == 1 ? "" : " cache " + sequence.cache())
        + (sequence.cycle() ? " cycle" : "")
        + (sequence.owner() == null ? "" : " owned by " + owner(sequence.owner()));
  }

  static String owner(Sequence.@Nullable Owner owner) {
    return owner == null
        ? "none"
        : name(owner.table())
            + "."
            + name(owner.column())
            + (owner.identity() ? " as identity" : "");
  }
}
