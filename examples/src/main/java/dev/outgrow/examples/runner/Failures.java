package dev.outgrow.examples.runner;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.BadRowsException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;

/**
 * What a command that failed leaves behind: a line for a person on stderr, and where JSON was asked
 * for an object on stdout, whose only field is {@code error}.
 */
final class Failures {
  /** What stands between the scheme of a URL and its host. */
  private static final Pattern LOGIN = Pattern.compile("://\\S*@");

  private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private final Console console;
  private final boolean json;

  Failures(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  /** Returns those of a command line, of which nothing else may have been understood. */
  static Failures of(Console console, String... arguments) {
    return new Failures(console, Arrays.asList(arguments).contains("--json"));
  }

  /** What the JSON has. */
  record Whole(Described error) {}

  /** A failure: a word for programs, two sentences for people, and how the command ended. */
  record Described(String kind, String what, String remedy, int exitCode) {}

  int usage(ParameterException failure) {
    String what = redacted(Usage.of(failure));
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    String remedy = "See " + command + " --help.";
    console.say("outgrow: " + what + " " + remedy);
    return end(new Described("usage", what, remedy, ExitCode.USAGE.number()));
  }

  /** A person gets one line; whoever looks for the fault asks for the rest. */
  int failure(Throwable failure) {
    int code = failed(failure);
    if (!console.environment().getOrDefault("OUTGROW_DEBUG", "").isEmpty()) {
      failure.printStackTrace(console.err());
    }
    return code;
  }

  private int failed(Throwable failure) {
    if (failure instanceof BadRowsException bad) {
      ("outgrow: " + bad.what() + bad.remedy()).lines().forEach(console::say); // a row a line
      return ExitCode.FAILED.number(); // the report was its JSON
    }
    if (failure instanceof OutgrowException foreseen) {
      boolean usage = failure instanceof ConfigurationException;
      return foreseen(foreseen, usage ? ExitCode.USAGE : ExitCode.FAILED).number();
    }
    String what = unforeseen(failure);
    String remedy = "Run it again with OUTGROW_DEBUG=1 and report what it prints.";
    return refused("unforeseen", what, remedy).number();
  }

  private static String unforeseen(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return "the memory of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB is used up.";
    }
    String name = failure.getClass().getSimpleName();
    return redacted("an unforeseen failure: " + failure.getMessage() + " (" + name + ").");
  }

  /** Tells of a failure that has its own exit code. */
  ExitCode foreseen(OutgrowException failure, ExitCode code) {
    console.fail("outgrow: ", failure);
    String kind = kind(failure.getClass().getSimpleName());
    end(new Described(kind, failure.what(), failure.remedy(), code.number()));
    return code;
  }

  /** Tells of a failure that is no exception. */
  ExitCode refused(String kind, String what, String remedy) {
    console.say("outgrow: " + (what + " " + remedy).strip());
    end(new Described(kind, what, remedy, ExitCode.FAILED.number()));
    return ExitCode.FAILED;
  }

  private int end(Described failure) {
    if (json) {
      console.out().print(RecordJson.of(new Whole(failure)));
    }
    return failure.exitCode();
  }

  /** Returns the word of a failure: that of its class, {@code source-file}. */
  static String kind(String className) {
    String name = className.replaceFirst("Exception$", "");
    return CAPITAL.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
  }

  /** Whoever mistypes {@code --to} has typed a password behind it. */
  private static String redacted(String text) {
    return LOGIN.matcher(text).replaceAll("://***@");
  }
}
