package dev.outgrow.examples.runner;

import dev.outgrow.importer.Cancellation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cancels what runs when somebody presses Ctrl-C, or asks the process to end, so that nothing of it
 * stays. Whoever asks twice does not want to wait.
 *
 * <p>A hook for the end of the JVM would come too late: by then nobody can choose the exit code,
 * and an embedded server is ending as well. What Java has for signals is in no module of the
 * standard, so it is looked for by name.
 */
final class Signals implements AutoCloseable {
  private final Console console;
  private final Cancellation cancellation = new Cancellation();
  private final Map<Object, Object> before = new LinkedHashMap<>();

  private Signals(Console console) {
    this.console = console;
  }

  /** Takes the signals until it is closed. */
  static Signals cancelling(Console console) {
    Signals signals = new Signals(console);
    try {
      signals.take("INT");
      signals.take("TERM");
    } catch (ReflectiveOperationException e) {
      // This JVM leaves them to the system (-Xrs, or it has no such class): Ctrl-C then ends it at
      // once, and what was staged is dropped by hand.
      signals.close();
    }
    return signals;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  private void take(String name) throws ReflectiveOperationException {
    Object signal = Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    Object handler =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              asked();
              return null;
            });
    before.put(signal, handle(signal, handler));
  }

  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    Method handle = signal.getClass().getMethod("handle", signal.getClass(), type);
    return handle.invoke(null, signal, handler);
  }

  private void asked() {
    if (cancellation.isCancelled()) {
      Runtime.getRuntime().exit(ExitCode.FAILED.number());
    }
    cancellation.cancel();
    console.say("Cancelling. Once more ends at once.");
  }

  /** Gives the signals back to whom they belonged. */
  @Override
  public void close() {
    try {
      for (Map.Entry<Object, Object> each : before.entrySet()) {
        handle(each.getKey(), each.getValue());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A signal that was taken cannot be given back", e);
    }
  }
}
