package dev.outgrow.examples.runner;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.MigrationException;
import dev.outgrow.error.OutgrowException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a command may know of the world around it: where results and messages go, and the
 * environment.
 *
 * @param out where results go
 * @param err where progress and messages go
 * @param environment the environment variables
 * @param terminal whether {@code err} is a terminal that a person looks at
 * @param page whether {@code out} is one
 */
record Console(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean terminal,
    boolean page) {

  /** A console whose results go to no terminal. */
  Console(PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {
    this(out, err, environment, terminal, false);
  }

  /** Returns the console of this process, in UTF-8 whatever the locale. */
  static Console ofProcess() {
    return new Console(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        System.getenv(),
        Boolean.getBoolean("outgrow.terminal"),
        Boolean.getBoolean("outgrow.terminal.out"));
  }

  /** Returns whether colours and the like are unwanted among messages. */
  boolean plain() {
    return !terminal || uncoloured();
  }

  /** Returns whether they are unwanted in a result. */
  boolean plainResult() {
    return !page || uncoloured();
  }

  private boolean uncoloured() {
    return !environment.getOrDefault("NO_COLOR", "").isEmpty()
        || environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** Returns the database that the environment names, with its password wherever that stands. */
  Optional<DatabaseUrl> database() {
    SecretFiles secrets = new SecretFiles(environment);
    String url = secrets.environment().getOrDefault(SecretFiles.URL, "");
    return url.isBlank()
        ? Optional.empty()
        : Optional.of(secrets.withPassword(DatabaseUrl.parse(url.strip())));
  }

  /** Returns the database that an option names or else the environment. */
  Optional<DatabaseUrl> database(@Nullable String option) {
    return option == null ? database() : Optional.of(DatabaseUrl.parse(option));
  }

  /**
   * Prints a message for people: one line, whatever names in it would like to do to the terminal.
   */
  void say(String message) {
    err.println(printable(message));
  }

  /**
   * Prints why something failed: one line, but where scripts were looked at and it lists what was
   * found, that as it is laid out.
   */
  void fail(String who, OutgrowException failure) {
    boolean lists =
        failure instanceof MigrationException of
            && of.statement().isEmpty()
            && failure.what().contains("\n");
    if (lists) {
      Stream.of(who + failure.what(), failure.remedy())
          .flatMap(String::lines)
          .forEach(line -> err.println(plainLine(line)));
    } else {
      say(who + failure.getMessage());
    }
  }

  /** Returns a text that stays on one line and does not speak to the terminal. */
  static String printable(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  /** Returns one line that does not speak to the terminal; its indentation stays. */
  static String plainLine(String line) {
    return line.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
