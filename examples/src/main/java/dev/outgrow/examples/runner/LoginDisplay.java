package dev.outgrow.examples.runner;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.examples.media.FirstLogin;
import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Shows a person what the first administrator logs in with, once: on stdout, or beside the result
 * on stderr where stdout is read by a program.
 */
final class LoginDisplay implements Consumer<FirstLogin> {
  private final Console console;
  private final boolean json;
  private boolean shown;

  LoginDisplay(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  @Override
  public void accept(FirstLogin login) {
    PrintStream stream = json ? console.err() : console.out();
    stream.println("The first administrator logs in with");
    stream.println();
    stream.println("  user      " + Console.printable(login.username()));
    stream.println("  password  " + login.password());
    stream.println();
    stream.println(
        "The password is shown this once and kept nowhere. Change it at the first login.");
    stream.println();
    shown = true;
  }

  /** Runs a migration; of one that fails nobody knows whether the login was committed. */
  <T> T during(Supplier<T> migration) {
    try {
      return migration.get();
    } catch (OutgrowException e) {
      if (shown) {
        console.say("The password holds unless the next migration shows another.");
      }
      throw e;
    }
  }
}
