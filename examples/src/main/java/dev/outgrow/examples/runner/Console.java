package dev.outgrow.examples.runner;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command may know of the world around it: where results and messages go, and the
 * environment.
 *
 * @param out where results go
 * @param err where progress and messages go
 * @param environment the environment variables
 * @param terminal whether {@code err} is a terminal that a person looks at
 */
record Console(
    PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {

  /** Returns the console of this process, in UTF-8 whatever the locale. */
  static Console ofProcess() {
    return new Console(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        System.getenv(),
        Boolean.getBoolean("outgrow.terminal"));
  }

  /** Returns whether colours and the like are unwanted. */
  boolean plain() {
    return !terminal || !environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /**
   * Prints a message for people: one line, whatever names in it would like to do to the terminal.
   */
  void say(String message) {
    err.println(printable(message));
  }

  /** Returns a text that stays on one line and does not speak to the terminal. */
  static String printable(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
