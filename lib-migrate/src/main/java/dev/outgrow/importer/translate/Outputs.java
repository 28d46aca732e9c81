package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.Affinity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done with the columns that a query answers. */
final class Outputs {
  private static final int LONGEST_NAME = 63;

  private Outputs() {}

  /** Returns a column of the table as it is, under the same or another name. */
  static Output column(Frame.Found found, @Nullable String alias) {
    Scope.Column from = found.column();
    Scope.Column column =
        alias == null ? from.named(from.name(), from.target()) : from.named(alias, alias);
    return new Output(found.raw(), Columns.typed(from, found.prefix()), column);
  }

  /** Returns a computed column; a condition becomes the integer it is in SQLite. */
  static Output computed(Typed value, String name, int at) throws RefusedException {
    if (value.kind() == Kind.JSON) {
      throw new RefusedException("a value of JSON, whose type only a CAST can tell", at);
    }
    Typed shown = value;
    if (value.kind() == Kind.TRUTH || value.kind() == Kind.INTEGER) {
      shown = Values.integer(value, at);
    } else if (value.isNull()) {
      shown = value.withSql("NULL::text", Kind.TEXT);
    }
    String declared = value.affinity() == Affinity.BLOB ? "" : value.affinity().name();
    String collation = Collations.orBinary(value.collation());
    return new Output(
        shown.sql(), value, new Scope.Column(name, name, shown.type(), declared, collation, true));
  }

  /**
   * Returns the columns with names that differ, as SQLite lets a query around them see them: {@code
   * id}, {@code id:1}.
   */
  private static List<Output> distinct(List<Output> outputs) {
    Set<String> names = new HashSet<>();
    List<Output> distinct = new ArrayList<>();
    for (Output output : outputs) {
      String first = output.column().name();
      String name = first;
      for (int i = 1; !names.add(Identifier.folded(name)); i++) {
        name = first + ":" + i;
      }
      distinct.add(name.equals(first) ? output : column(output, name));
    }
    return distinct;
  }

  /** Returns the columns of a part under the names that the first part gives a compound's. */
  static List<Output> called(List<Output> outputs, List<Output> first) {
    if (first.size() != outputs.size()) {
      return distinct(outputs);
    }
    List<Output> called = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      Scope.Column as = first.get(i).column();
      Scope.Column column = output.column().named(as.name(), as.target());
      called.add(new Output(output.sql(), output.typed(), column));
    }
    return called;
  }

  private static Output column(Output output, String name) {
    Scope.Column from = output.column();
    return new Output(output.sql(), output.typed(), from.named(name, name));
  }

  static String list(List<Output> outputs, int at) throws RefusedException {
    Set<String> names = new HashSet<>();
    List<String> list = new ArrayList<>();
    for (Output output : outputs) {
      String name = output.column().target();
      if (!names.add(name)
          || name.isEmpty()
          || name.indexOf('\0') >= 0
          || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        throw new RefusedException("a column's name that is taken, empty or too long: " + name, at);
      }
      list.add(output.sql() + " AS " + Dialect.POSTGRESQL.quote(name));
    }
    return String.join(", ", list);
  }

  static List<Scope.Column> renamed(List<Scope.Column> columns, List<String> names, int at)
      throws RefusedException {
    if (names.isEmpty()) {
      return columns;
    }
    if (names.size() != columns.size()) {
      throw new RefusedException("another number of names than of columns", at);
    }
    List<Scope.Column> renamed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      renamed.add(columns.get(i).named(names.get(i), names.get(i)));
    }
    return renamed;
  }

  /** Returns the columns of a compound, whose parts must be of the same types. */
  static List<Output> alike(List<Output> left, List<Output> right, Query.Part part)
      throws RefusedException {
    int at = part.select().at();
    if (left.size() != right.size()) {
      throw new RefusedException("selects of different numbers of columns", at);
    }
    List<Output> alike = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      alike.add(alike(left.get(i), right.get(i), part.operator().equals("UNION ALL"), at));
    }
    return alike;
  }

  private static Output alike(Output left, Output right, boolean keepsAll, int at)
      throws RefusedException {
    Typed l = left.typed();
    Typed r = right.typed();
    boolean whole = isWhole(left) && isWhole(right);
    boolean same = left.column().type().equals(right.column().type());
    if ((whole || (same && l.kind() == r.kind())) && (keepsAll || isBinary(l, r))) {
      return same ? left : as(left, "bigint", Kind.INTEGER);
    }
    if (keepsAll && isWritten(left) && isWritten(right)) {
      return as(left, "text", Kind.OTHER);
    }
    throw new RefusedException("selects of different types or with a collation", at);
  }

  /** Whether a column is a text, or an integer and can be its digits beside texts. */
  private static boolean isWritten(Output output) {
    String type = output.column().type();
    return isWhole(output) || type.equals("text") || type.startsWith("character varying");
  }

  /** Returns the column of a compound to which both parts are cast. */
  private static Output as(Output output, String type, Kind kind) {
    String name = output.column().target();
    Typed typed =
        Typed.of(Dialect.POSTGRESQL.quote(name), kind, output.typed().stability())
            .withAffinity(output.typed().affinity());
    String declared = kind == Kind.INTEGER ? output.column().declared() : "";
    boolean uniform = kind == Kind.INTEGER;
    return new Output(
        typed.sql(),
        typed,
        new Scope.Column(output.column().name(), name, type, declared, Collations.BINARY, uniform));
  }

  /** Writes a select whose columns have the types of a compound. */
  static String cast(String select, List<Output> outputs, List<Output> compound) {
    List<String> list = new ArrayList<>();
    boolean changes = false;
    for (int i = 0; i < outputs.size(); i++) {
      String name = Dialect.POSTGRESQL.quote(outputs.get(i).column().target());
      String cast = cast(outputs.get(i).column().type(), compound.get(i).column().type());
      list.add(cast.isEmpty() ? name : name + cast + " AS " + name);
      changes |= !cast.isEmpty();
    }
    return changes
        ? "SELECT " + String.join(", ", list) + " FROM (" + select + ") AS \"part\""
        : select;
  }

  private static String cast(String from, String to) {
    if (from.equals(to) || !List.of("text", "bigint").contains(to)) {
      return "";
    }
    return (from.equals("boolean") ? "::int" : "") + "::" + to;
  }

  private static boolean isWhole(Output output) {
    return List.of("bigint", "integer", "smallint").contains(output.column().type())
        || output.typed().kind() == Kind.TRUTH;
  }

  static boolean isBinary(Typed... values) {
    for (Typed value : values) {
      if (!Collations.orBinary(value.collation()).equals(Collations.BINARY)) {
        return false;
      }
    }
    return true;
  }

  /** Writes an order by the columns of what is selected, by number or by name. */
  static String order(List<Output> outputs, List<Query.Order> order, String prefix)
      throws RefusedException {
    List<String> parts = new ArrayList<>();
    for (Query.Order part : order) {
      Output output = named(outputs, part.expression());
      if (output == null) {
        throw new RefusedException("an order by something else", part.expression().at());
      }
      Typed typed = Columns.typed(output.column(), prefix);
      parts.add(Orders.key(typed, part.expression().at()) + Orders.direction(part));
    }
    return String.join(", ", parts);
  }

  /** Returns the column that is meant by its number or its name, or null. */
  static @Nullable Output named(List<Output> outputs, Expr expr) throws RefusedException {
    if (expr instanceof Expr.Value value && value.literal() instanceof Literal.Whole whole) {
      if (whole.value() < 1 || whole.value() > outputs.size()) {
        throw new RefusedException("no column of this number", expr.at());
      }
      return outputs.get((int) whole.value() - 1);
    }
    if (expr instanceof Expr.Name name && name.table() == null) {
      for (Output output : outputs) {
        if (Ascii.same(output.column().name(), name.column())) {
          return output;
        }
      }
    }
    return null;
  }
}
