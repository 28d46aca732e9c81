package dev.outgrow.importer.salvage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that a killed process leaves. */
class WorkFolderTest {
  @TempDir private Path temporary;

  @Test
  void whatAKilledProcessLeftIsDeletedAndWhatIsInUseIsNot() throws Exception {
    Process other = other();
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8);
        WorkFolder own = WorkFolder.create()) {
      Path theirs = Path.of(said.readLine());
      assertThat(theirs.resolve("sound.db")).exists();
      Path ownParent = Path.of(System.getProperty("java.io.tmpdir"));

      assertThat(WorkFolder.clearLeftOvers(temporary)).as("while it works").isEmpty();
      assertThat(WorkFolder.clearLeftOvers(ownParent)).doesNotContain(Path.of(own.toString()));

      other.destroyForcibly().waitFor();
      assertThat(WorkFolder.clearLeftOvers(temporary)).containsExactly(theirs);
      assertThat(entries()).isEmpty();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void nothingElseIsTouched() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.write(elsewhere.resolve("lock"), new byte[1]);
    Files.createSymbolicLink(temporary.resolve("outgrow-salvage1"), elsewhere);
    Files.createDirectory(temporary.resolve("outgrow-salvage2")); // its lock is not made yet
    Files.createFile(Files.createDirectory(temporary.resolve("outgrow-salvage3")).resolve("lock"));
    Files.createFile(temporary.resolve("outgrow-salvage4"));

    assertThat(WorkFolder.clearLeftOvers(temporary)).isEmpty();
    assertThat(entries()).hasSize(5);
  }

  @Test
  void nothingStaysOfOneThatIsClosed() throws IOException {
    WorkFolder folder = WorkFolder.create();
    Files.createFile(folder.resolve("damaged.db"));

    folder.close();

    assertThat(Path.of(folder.toString())).doesNotExist();
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(temporary)) {
      return entries.toList();
    }
  }

  private Process other() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Killed.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Makes a folder, says where, and waits to be killed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) throws IOException {
      try (WorkFolder folder = WorkFolder.create()) {
        Files.createFile(folder.resolve("sound.db"));
        System.out.println(folder);
        System.in.read();
      }
    }
  }
}
