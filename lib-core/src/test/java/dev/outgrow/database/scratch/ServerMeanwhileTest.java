package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the first database waits for is done at the same time. */
@ExtendWith(SharedServer.class)
class ServerMeanwhileTest {
  private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);

  private final ScratchServer server;
  private final ScratchSettings settings;
  private final String role;

  ServerMeanwhileTest(ScratchServer server, @TempDir Path folder) {
    this.server = server;
    this.role = "meanwhile_" + folder.getFileName().toString().replaceAll("[^0-9a-z]", "");
    this.settings =
        ScratchSettings.builder()
            .source(ScratchSource.server(server.url().withUser(role, "any")))
            .folder(folder.resolve("kept"))
            .build();
  }

  @Test
  void theServerIsThereBeforeItIsKnownWhichTemplateIsWanted() {
    try (Database live = Database.open(server.url())) {
      ScratchPoolTest.run(live, "CREATE ROLE " + role + " LOGIN CREATEDB PASSWORD 'any'");
      try (ScratchPool pool =
              ScratchPool.open(settings, Backend.POSTGRESQL, () -> onceConnected(live));
          ScratchDatabase one = pool.take()) {
        assertThat(ScratchPoolTest.ask(one.database(), "SELECT current_user"))
            .containsExactly(role);
      }
    }
  }

  @Test
  void whatFailsBesideItsStartLetsGoOfIt() {
    try (Database live = Database.open(server.url())) {
      ScratchPoolTest.run(live, "CREATE ROLE " + role + " LOGIN CREATEDB PASSWORD 'any'");
      IllegalStateException unreadable = new IllegalStateException("V2 cannot be read");
      try (ScratchPool pool =
          ScratchPool.open(
              settings,
              Backend.POSTGRESQL,
              () -> {
                throw unreadable;
              })) {
        assertThatThrownBy(pool::take).isSameAs(unreadable);
        assertThatThrownBy(pool::take).isSameAs(unreadable);
        // Whether it was there already or not: another pool gets one, and the last lets go.
        try (ScratchPool other =
                ScratchPool.open(settings, ScratchTemplate.empty(Backend.POSTGRESQL));
            ScratchDatabase one = other.take()) {
          assertThat(one.name()).startsWith("outgrow_scratch_");
        }
        awaitConnected(live, false);
      }
    }
  }

  @Test
  void theDriversOfThisBuildHaveAllThatIsLoadedMeanwhile() {
    assertThat(FirstConnection.prepare()).isEmpty();
  }

  private ScratchTemplate onceConnected(Database live) {
    awaitConnected(live, true);
    return ScratchTemplate.empty(Backend.POSTGRESQL);
  }

  private void awaitConnected(Database live, boolean connected) {
    String sessions = "SELECT pid FROM pg_stat_activity WHERE usename = '" + role + "'";
    long start = System.nanoTime();
    List<String> found = ScratchPoolTest.ask(live, sessions);
    while (found.isEmpty() == connected) {
      assertThat(System.nanoTime() - start).as("sessions %s", found).isLessThan(LIMIT);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      found = ScratchPoolTest.ask(live, sessions);
    }
  }
}
