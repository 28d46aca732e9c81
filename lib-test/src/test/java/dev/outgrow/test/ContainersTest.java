package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** The same tests on a server in a container, by one setting and where there is an engine. */
@Tag("slow")
class ContainersTest {
  private static final String LABEL = "dev.outgrow.scratch";
  private static final int COUNT = 20;

  @TempDir private Path folder;

  @BeforeAll
  static void requireAnEngine() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "No Docker engine answers here: the tests on a server in a container are skipped");
  }

  @Test
  void testsOfTwoForksKeepApartInOneContainerThatIsGoneAfterwards() throws Exception {
    Path own = folder.resolve("cache");
    try (Fork one = fork("one", own);
        Fork other = fork("other", own)) {
      assertThat(one.await()).contains("passed " + COUNT + ", failed 0");
      assertThat(other.await()).contains("passed " + COUNT + ", failed 0");
    }

    // The embedded server was not even looked for.
    assertThat(own).isDirectoryNotContaining("glob:**/{binaries,server}-*");
    assertThat(own).isDirectoryContaining("glob:**/container-*");
    assertThat(containersOf(own)).isEmpty();
  }

  private Fork fork(String name, Path own) throws IOException {
    return Fork.start(
        folder.resolve(name),
        any -> true,
        List.of(),
        List.of(
            "-Doutgrow.test.source=testcontainers",
            "-Doutgrow.test.folder=" + own,
            "-Dnumbered.count=" + COUNT,
            Launched.class.getName(),
            Numbered.class.getName()));
  }

  private static List<String> containersOf(Path own) {
    return DockerClientFactory.instance()
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(LABEL))
        .exec()
        .stream()
        .filter(each -> each.getLabels().getOrDefault(LABEL, "").startsWith(own.toString()))
        .map(Container::getId)
        .toList();
  }
}
