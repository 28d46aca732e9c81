package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchTest {
  @Test
  void endsItsThreadWithItsDatabase(@TempDir Path folder) throws Exception {
    Set<Thread> others = new HashSet<>(watches());
    List<Thread> own;
    try (Database opened = Database.open(DatabaseUrl.sqlite(folder.resolve("w.db")))) {
      opened.read(tx -> 1);
      own = watches().stream().filter(thread -> !others.contains(thread)).toList();
      assertThat(own).hasSize(1);
    }

    own.get(0).join();
  }

  private static List<Thread> watches() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("outgrow watch"))
        .toList();
  }
}
