package dev.outgrow.examples.runner;

import dev.outgrow.migration.RemovalResult;

/** Prints what was dropped. */
final class RemovalText {
  private RemovalText() {}

  static ExitCode print(Console console, boolean json, RemovalResult result) {
    console.out().print(json ? RecordJson.of(result) : of(result));
    return ExitCode.VERIFIED;
  }

  private static String of(RemovalResult result) {
    StringBuilder text =
        new StringBuilder(result.dropped().isEmpty() ? "Nothing was there.\n" : "");
    result.dropped().forEach(name -> line(text, "dropped", name));
    result.left().forEach(name -> line(text, "left", name + ", which no chain owns"));
    return text.append(UndoCommand.copied(result.backup())).toString();
  }

  private static void line(StringBuilder text, String what, String name) {
    text.append(String.format("  %-7s  %s%n", what, Console.printable(name)));
  }
}
