package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RehearsalTest {

  @Test
  void doesWhatShortCommandsDoAndLeavesTheLibraryAlone(@TempDir Path folder) throws Exception {
    Rehearsal.main(new String[] {folder.toString()});

    assertThat(folder).isDirectoryRecursivelyContaining("glob:**/native/*sqlitejdbc*");
    assertThat(folder.toFile().list()).containsExactly("native");
  }
}
