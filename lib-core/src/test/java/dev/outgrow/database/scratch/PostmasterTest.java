package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterTest {
  private final Path data;

  PostmasterTest(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void sparesAProcessThatOnlyHasTheNumber() throws Exception {
    Process innocent = new ProcessBuilder("cat").start();
    try {
      Files.writeString(data.resolve("postmaster.pid"), innocent.pid() + "\n" + data + "\n");

      new Postmaster(data).stop();

      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.getOutputStream().close();
      innocent.destroy();
    }
  }

  @Test
  void doesNothingWhereNoServerRan() throws Exception {
    new Postmaster(data).stop();
    Files.writeString(data.resolve("postmaster.pid"), "no number");
    new Postmaster(data).stop();
    Files.writeString(data.resolve("postmaster.pid"), "");
    new Postmaster(data).stop();

    assertThat(data.resolve("postmaster.pid")).exists();
  }
}
