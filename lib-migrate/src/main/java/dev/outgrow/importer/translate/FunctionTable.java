package dev.outgrow.importer.translate;

import java.util.List;
import java.util.stream.Stream;

/** Every function that is translated. What is not here has no translation. */
final class FunctionTable {
  private static final List<Function> ALL =
      Stream.of(
              TextFunctions.ALL,
              NumberFunctions.ALL,
              ChoiceFunctions.ALL,
              TimeFunctions.ALL,
              JsonFunctions.ALL,
              AggregateFunctions.ALL,
              WindowFunctions.ALL)
          .flatMap(List::stream)
          .toList();

  private FunctionTable() {}

  static List<Function> all() {
    return ALL;
  }

  /** Returns the function that is called: {@code min} and {@code max} of one value gather many. */
  static Function find(Expr.Call call) throws RefusedException {
    boolean one = call.arguments().size() == 1;
    for (Function function : ALL) {
      boolean scalar = function.family() == Function.Family.SCALAR;
      boolean ambiguous = function.name().equals("min") || function.name().equals("max");
      if (Ascii.same(function.name(), call.name()) && (!ambiguous || scalar != one)) {
        return function;
      }
    }
    throw new RefusedException("the function " + call.name(), call.at());
  }

  /** Returns whether the word is a value of its own, without brackets. */
  static boolean isClock(String word) {
    return Ascii.same(word, "current_timestamp")
        || Ascii.same(word, "current_date")
        || Ascii.same(word, "current_time");
  }
}
