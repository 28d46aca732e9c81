package dev.outgrow.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of test classes in a session of its own, and what came of it. */
final class Launched implements TestExecutionListener {
  /** How one test, or a class of them that failed itself, ended. */
  record Outcome(String name, boolean test, TestExecutionResult result) {
    boolean passed() {
      return result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    }

    Throwable failure() {
      return result.getThrowable().orElseThrow(() -> new AssertionError(name + " passed"));
    }

    @Override
    public String toString() {
      return name + ": " + (passed() ? "passed" : failure().toString());
    }
  }

  private final List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
  private final List<Map<String, String>> entries = Collections.synchronizedList(new ArrayList<>());

  private Launched() {}

  /** Runs the classes that are named and prints what came of it; all parameters are properties. */
  public static void main(String[] names) throws ClassNotFoundException {
    Class<?>[] classes = new Class<?>[names.length];
    for (int i = 0; i < names.length; i++) {
      classes[i] = Class.forName(names[i]);
    }
    List<Outcome> outcomes = run(classes).outcomes();
    outcomes.stream().filter(outcome -> !outcome.passed()).forEach(System.out::println);
    long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    System.out.println("passed " + (outcomes.size() - failed) + ", failed " + failed);
  }

  static Launched run(Class<?>... classes) {
    return run(Map.of(), classes);
  }

  static Launched run(Map<String, String> parameters, Class<?>... classes) {
    Launched launched = new Launched();
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .configurationParameters(parameters)
            .selectors(Stream.of(classes).map(DiscoverySelectors::selectClass).toList());
    try (LauncherSession session = LauncherFactory.openSession()) {
      session.getLauncher().execute(request.build(), launched);
    }
    return launched;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
      outcomes.add(new Outcome(test.getDisplayName(), test.isTest(), result));
    }
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entries.add(entry.getKeyValuePairs());
  }

  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  List<Map<String, String>> entries() {
    return List.copyOf(entries);
  }

  /** Returns the one whose name begins so. */
  Outcome of(String name) {
    return outcomes.stream()
        .filter(outcome -> outcome.name().startsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not among " + outcomes));
  }

  /** Returns its failure's message. */
  String message(String name) {
    return String.valueOf(of(name).failure().getMessage());
  }
}
