package dev.outgrow.importer.translate;

import java.util.ArrayList;
import java.util.List;

/**
 * A function of SQLite and how it is written in PostgreSQL: one row of the table.
 *
 * @param name its name
 * @param least how many arguments it takes at least
 * @param most how many it takes at most
 * @param family what it works on
 * @param examples uses of it that show what is translated, over the columns {@code i j} (integers),
 *     {@code r} (a real number), {@code t u} (texts), {@code b} (bytes) and {@code f} (a boolean)
 * @param rendering how it is written
 */
record Function(
    String name, int least, int most, Family family, List<String> examples, Rendering rendering) {

  /** What a function works on. */
  enum Family {
    /** One row's values. */
    SCALAR,
    /** The values of a group, or of a window. */
    AGGREGATE,
    /** A window alone. */
    WINDOW
  }

  /** How a function is written. */
  @FunctionalInterface
  interface Rendering {
    /** Returns its SQL. */
    Typed render(Use use) throws RefusedException;
  }

  static Function scalar(
      String name, int least, int most, Rendering rendering, String... examples) {
    return new Function(name, least, most, Family.SCALAR, List.of(examples), rendering);
  }

  Typed render(Use use) throws RefusedException {
    int count = use.arguments().size();
    if (count < least || count > most) {
      throw use.refused("with " + count + " arguments");
    }
    if (family == Family.SCALAR && (use.call().filter() != null || use.call().window() != null)) {
      throw use.refused("with FILTER or OVER");
    }
    if (family != Family.AGGREGATE && (use.call().distinct() || use.call().star())) {
      throw use.refused("with DISTINCT or a star");
    }
    for (Typed argument : use.arguments()) {
      if (argument.explicit()) {
        throw use.refused("with COLLATE in an argument");
      }
    }
    return rendering.render(use);
  }

  /**
   * One use of a function.
   *
   * @param translator what translates around it
   * @param call how it is called
   * @param arguments its translated arguments
   */
  record Use(ExpressionTranslator translator, Expr.Call call, List<Typed> arguments) {

    int at() {
      return call.at();
    }

    int count() {
      return arguments.size();
    }

    /** Returns an argument that stands in the SQL once. */
    Typed once(int index) throws RefusedException {
      Typed argument = arguments.get(index);
      if (!argument.kind().isKnown()) {
        throw refused("with the type " + argument.type());
      }
      return argument;
    }

    /** Returns an argument that may stand in the SQL more than once. */
    Typed argument(int index) throws RefusedException {
      return Values.repeatable(once(index), at());
    }

    /** Returns an argument that is a text, or the text of an integer or of what JSON holds. */
    String text(int index) throws RefusedException {
      Typed any = arguments.get(index);
      boolean written = any.kind() == Kind.JSON || any.kind() == Kind.MIXED;
      Typed value = written ? Values.repeatable(any, at()) : argument(index);
      return Values.textOf(value, at()).sql();
    }

    String integer(int index) throws RefusedException {
      return Values.integer(argument(index), at()).sql();
    }

    /** Returns SQL that keeps its value no longer than any argument does. */
    Typed result(String sql, Kind kind) {
      Stability stability = Stability.IMMUTABLE;
      for (Typed argument : arguments) {
        stability = stability.and(argument.stability());
      }
      return Typed.of(sql, kind, stability);
    }

    List<Typed> from(int index) throws RefusedException {
      List<Typed> rest = new ArrayList<>();
      for (int i = index; i < count(); i++) {
        rest.add(arguments.get(i));
      }
      return rest;
    }

    RefusedException refused(String how) {
      return new RefusedException("the function " + call.name() + " " + how, at());
    }
  }
}
