package dev.outgrow.architecture.violations.test.internal;

import dev.outgrow.architecture.Breaks;
import org.junit.jupiter.api.TestInfo;

/** What has to work without JUnit as well. */
@Breaks("only test knows JUnit")
public interface Watcher {
  void know(TestInfo test);
}
