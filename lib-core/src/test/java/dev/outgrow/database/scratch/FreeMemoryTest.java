package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FreeMemoryTest {
  private final Path folder;
  private final Path machine;

  FreeMemoryTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.machine =
        Files.writeString(folder.resolve("meminfo"), "MemTotal: 9 kB\nMemAvailable:    8 kB\n");
  }

  @Test
  void isWhatTheMachineHasAvailable() throws IOException {
    assertThat(new FreeMemory(machine, folder).bytes()).isEqualTo(8192);
  }

  @Test
  void isNoMoreThanTheControlGroupAllows() throws IOException {
    Files.writeString(folder.resolve("memory.max"), "6000\n");
    Files.writeString(
        folder.resolve("memory.stat"), "anon 1000\nfile 4500\nshmem 500\nanon_thp 7\n");

    assertThat(new FreeMemory(machine, folder).bytes()).isEqualTo(4500);
  }

  @Test
  void aGroupWithoutALimitIsNone() throws IOException {
    Files.writeString(folder.resolve("memory.max"), "max\n");

    assertThat(new FreeMemory(machine, folder).bytes()).isEqualTo(8192);
  }

  @Test
  void isNothingWhereTheSystemDoesNotSay() throws IOException {
    assertThat(new FreeMemory(folder.resolve("missing"), folder).bytes()).isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isThereOnLinux() throws IOException {
    assertThat(FreeMemory.ofSystem().bytes()).isPositive();
  }
}
