package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import dev.outgrow.database.Backend;
import dev.outgrow.database.ChildJvm;
import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** Scratch databases in a container, where there is a Docker engine. */
@Timeout(300)
@Tag("slow")
class ContainerServerTest {
  private static final String LABEL = "dev.outgrow.scratch";

  private final Path folder;
  private final AtomicInteger prepared = new AtomicInteger();

  ContainerServerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void requireAnEngine() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "No Docker engine answers here: the tests of scratch databases in containers are skipped");
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private ScratchSettings.Builder settings() {
    return ScratchSettings.fromEnvironment().source(ScratchSource.testcontainers()).folder(cache());
  }

  private ScratchTemplate template() {
    return new ScratchTemplate(
        Backend.POSTGRESQL,
        "container test",
        database -> {
          prepared.incrementAndGet();
          ScratchPoolTest.run(database, "CREATE TABLE t (id integer PRIMARY KEY)");
          ScratchPoolTest.run(database, "INSERT INTO t VALUES (1), (2)");
        });
  }

  private static DockerClient docker() {
    return DockerClientFactory.instance().client();
  }

  /** Returns the containers that serve this test's folder, running or not. */
  private List<String> containers() {
    return docker()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(LABEL))
        .exec()
        .stream()
        .filter(each -> each.getLabels().getOrDefault(LABEL, "").startsWith(cache() + "/"))
        .map(Container::getId)
        .toList();
  }

  private static List<String> rows(ScratchDatabase database) {
    return ScratchPoolTest.ask(database.database(), "SELECT id FROM t ORDER BY 1");
  }

  @Test
  void handsOutPreparedDatabasesThatKeepApartAndNoContainerIsLeft() {
    try (ScratchPool pool = ScratchPool.open(settings().build(), template())) {
      assertThat(containers()).isEmpty();
      try (ScratchDatabase one = pool.take();
          ScratchDatabase other = pool.take()) {
        ScratchPoolTest.run(one.database(), "DELETE FROM t");
        assertThat(rows(one)).isEmpty();
        assertThat(rows(other)).containsExactly("1", "2");
        assertThat(ScratchPoolTest.ask(one.database(), "SHOW fsync")).containsExactly("off");
        assertThat(containers()).hasSize(1);
      }
    }
    assertThat(containers()).isEmpty();
  }

  @Test
  void twoPoolsHaveOneContainerAndOneTemplate() {
    try (ScratchPool pool = ScratchPool.open(settings().build(), template());
        ScratchPool second = ScratchPool.open(settings().build(), template());
        ScratchDatabase one = pool.take();
        ScratchDatabase other = second.take()) {
      assertThat(other.url().hosts()).isEqualTo(one.url().hosts());
      assertThat(other.name()).isNotEqualTo(one.name());
      assertThat(rows(other)).containsExactly("1", "2");
      assertThat(containers()).hasSize(1);
    }
    assertThat(prepared).hasValue(1);
    assertThat(containers()).isEmpty();
  }

  /** Takes a database, says where, and waits for the end of its input. */
  static final class TakeAndWait {
    private TakeAndWait() {}

    public static void main(String[] arguments) throws IOException {
      ScratchSettings settings = ScratchSettings.fromEnvironment().build();
      ScratchTemplate template =
          new ScratchTemplate(
              Backend.POSTGRESQL, "other JVM", any -> System.out.println("prepared"));
      try (ScratchPool pool = ScratchPool.open(settings, template);
          ScratchDatabase one = pool.take()) {
        System.out.println("took " + one.url().hosts());
        while (System.in.read() >= 0) {
          // Not the end yet.
        }
      }
    }
  }

  private ChildJvm start(String name) throws IOException {
    return ChildJvm.start(
        folder.resolve(name),
        List.of(
            "-cp",
            ChildJvm.classPath(),
            "-Doutgrow.test.source=testcontainers",
            "-Doutgrow.test.folder=" + cache(),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            TakeAndWait.class.getName()));
  }

  @Test
  void processesShareTheContainerAndTheLastOfThemRemovesIt() throws Exception {
    try (ChildJvm first = start("first");
        ChildJvm second = start("second")) {
      String at = first.awaitLine("took ");
      assertThat(second.awaitLine("took ")).isEqualTo(at);
      assertThat(first.output() + second.output()).containsOnlyOnce("prepared");
      assertThat(containers()).hasSize(1);

      first.endInput();
      assertThat(first.await()).isZero();
      assertThat(containers()).hasSize(1);
      second.endInput();
      assertThat(second.await()).isZero();
    }
    assertThat(containers()).isEmpty();
  }

  @Test
  void whatAKilledProcessLeavesIsTakenOverAndRemovedByTheNext() throws Exception {
    List<String> left;
    try (ChildJvm killed = start("killed")) {
      killed.awaitLine("took ");
      killed.kill();
      left = containers();
      assertThat(left).hasSize(1);
      awaitNoSessions(left.get(0));
    }
    try (ScratchPool pool = ScratchPool.open(settings().build(), template());
        ScratchDatabase one = pool.take()) {
      assertThat(containers()).isEqualTo(left);
      assertThat(
              ScratchPoolTest.ask(
                  one.database(),
                  "SELECT datname FROM pg_database WHERE datname LIKE 'outgrow\\_scratch\\_%'"
                      + " AND datname <> current_database() AND datname NOT LIKE '"
                      + one.name().replaceFirst("[0-9]+$", "%")
                      + "'"))
          .isEmpty();
    }
    assertThat(containers()).isEmpty();
  }

  /** What a killed process has asked for goes on until it is done; only then nobody holds it. */
  private static void awaitNoSessions(String container) throws InterruptedException {
    String sessions =
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
    String counted;
    do {
      counted = psql(container, sessions);
    } while (!counted.equals("0"));
  }

  private static String psql(String container, String query) throws InterruptedException {
    String command =
        docker()
            .execCreateCmd(container)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .withCmd("psql", "-h", "/run/postgresql", "-U", "postgres", "-Atc", query)
            .exec()
            .getId();
    StringBuilder printed = new StringBuilder();
    docker()
        .execStartCmd(command)
        .exec(
            new ResultCallback.Adapter<Frame>() {
              @Override
              public void onNext(Frame frame) {
                printed.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
              }
            })
        .awaitCompletion();
    return printed.toString().strip();
  }

  @Test
  void anImageThatDoesNotStartIsNamedWithItsLastWordsAndLeavesNoContainer() {
    String image = imageWithoutAPlaceForData();
    try (ScratchPool pool = ScratchPool.open(settings().image(image).build(), template())) {
      assertThatThrownBy(pool::take)
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("image " + image)
          .hasMessageContaining("outgrow.test.image")
          .hasMessageContaining("/dev/null");
      assertThat(containers()).isEmpty();
    } finally {
      docker().removeImageCmd(image).withForce(true).exec();
    }
  }

  private String imageWithoutAPlaceForData() {
    String id = docker().createContainerCmd(settings().build().image()).exec().getId();
    try {
      docker()
          .commitCmd(id)
          .withRepository("outgrow-broken")
          .withTag("1")
          .withEnv("PGDATA=/dev/null/data")
          .exec();
    } finally {
      docker().removeContainerCmd(id).withForce(true).exec();
    }
    return "outgrow-broken:1";
  }
}
