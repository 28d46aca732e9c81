package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.outgrow.database.Backend;
import dev.outgrow.database.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where a container was asked for and cannot be had; nothing else is tried. */
@Tag("slow")
class ContainerSourceTest {
  private final Path folder;

  ContainerSourceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private String outputWith(String classPath) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "-cp",
            classPath,
            "-Duser.home=" + folder,
            "-Doutgrow.test.source=testcontainers",
            "-Doutgrow.test.folder=" + folder.resolve("cache"),
            TakeOne.class.getName());
    try (ChildJvm child = ChildJvm.start(folder.resolve("output"), command)) {
      assertThat(child.await()).isEqualTo(2);
      return child.output();
    }
  }

  /** Takes a database and says what went wrong. */
  static final class TakeOne {
    private TakeOne() {}

    public static void main(String[] arguments) {
      ScratchSettings settings = ScratchSettings.fromEnvironment().build();
      try (ScratchPool pool =
              ScratchPool.open(settings, ScratchTemplate.empty(Backend.POSTGRESQL));
          ScratchDatabase one = pool.take()) {
        System.out.println("took " + one);
      } catch (RuntimeException failure) {
        System.out.println("refused: " + failure);
        System.exit(2);
      }
    }
  }

  @Test
  void namesTheArtifactWhereTestcontainersIsMissing() throws Exception {
    String without =
        Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("testcontainers"))
            .collect(Collectors.joining(File.pathSeparator));

    assertThat(outputWith(without))
        .contains("refused: dev.outgrow.error.MissingArtifactException")
        .contains("org.testcontainers:testcontainers")
        .doesNotContain("took");
  }

  @Test
  void saysInOneSentenceThatNoEngineAnswers() throws Exception {
    assumeFalse(Files.exists(Path.of("/var/run/docker.sock")), "a Docker engine may be there");
    assumeFalse(System.getenv().containsKey("DOCKER_HOST"), "a Docker engine may be there");

    assertThat(outputWith(ChildJvm.classPath()))
        .contains("refused: dev.outgrow.error.UnavailableException: No Docker engine answers")
        .contains("outgrow.test.source=embedded")
        .doesNotContain("took");
    assertThat(folder.resolve("cache/binaries")).doesNotExist();
  }
}
