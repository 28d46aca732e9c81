package dev.outgrow.probe;

import java.io.PrintWriter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    try (LauncherSession session = LauncherFactory.openSession()) {
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(DiscoverySelectors.selectClass(ProbeTest.class))
                  .build(),
              summary);
    }
    summary.getSummary().printFailuresTo(new PrintWriter(System.out, true), 20);
    System.out.printf(
        "passed %d, failed %d%n",
        summary.getSummary().getTestsSucceededCount(), summary.getSummary().getTotalFailureCount());
  }
}
