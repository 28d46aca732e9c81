package dev.outgrow.importer.reject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed import has left in the folder of rejects is deleted, and nothing else. */
class RejectFilesTest {
  @TempDir private Path folder;

  private Path file(String first, String... more) throws IOException {
    Path file = folder.resolve(Path.of(first, more));
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "{}\n");
  }

  @Test
  void deletesTheFolderOfOneImport() throws IOException {
    Path part = file("rejects", "outgrow_rejects_1", "users.jsonl.part");
    Path other = file("rejects", "outgrow_rejects_2", "users.jsonl");
    RejectFiles.clear(folder.resolve("rejects"), "outgrow_rejects_1");
    assertThat(part.getParent()).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void aNameThatLeadsElsewhereDeletesNothing() throws IOException {
    Path precious = file("precious", "letter.txt");
    file("rejects", "outgrow_rejects_", "x");
    Path rejects = folder.resolve("rejects");
    RejectFiles.clear(rejects, "outgrow_rejects_/../../precious");
    RejectFiles.clear(rejects, "../precious");
    RejectFiles.clear(rejects, folder.resolve("precious").toString());
    assertThat(precious).exists();
  }

  @Test
  void whereThereIsNoneNothingHappens() {
    RejectFiles.clear(folder.resolve("nowhere"), "outgrow_rejects_1");
    assertThat(folder).isEmptyDirectory();
  }
}
