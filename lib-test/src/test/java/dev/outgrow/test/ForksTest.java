package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.database.scratch.ScratchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests in JVMs of their own: with others beside them, killed, without JUnit, with its oldest. */
@Tag("slow")
class ForksTest {
  private static final Path FOLDER = Path.of(System.getProperty("outgrow.test.folder"));
  private static final String THE_FOLDER = "-Doutgrow.test.folder=" + FOLDER;
  private static final int COUNT = Boolean.getBoolean("outgrow.exhaustive") ? 1000 : 100;

  @TempDir private Path folder;

  /** What stands in memory is not in the folder, which has a link to it. */
  @AfterEach
  void giveMemoryBack() throws IOException {
    Path own = folder.resolve("cache");
    if (Files.exists(own)) {
      Fork.deleteServers(own);
    }
  }

  @Test
  void manyTestsOfTwoForksKeepApartAndLeaveNothing() throws Exception {
    Path own = folder.resolve("cache");
    List<Fork> forks = List.of(many("first", own), many("second", own));
    for (Fork fork : forks) {
      try (fork) {
        assertThat(fork.await()).contains("passed " + COUNT + ", failed 0");
      }
    }

    assertThat(Fork.processesOf(own)).isEmpty();
    assertNothingIsLeft(own);
  }

  @Test
  void modulesWithOtherChainsShareOneServerAtOnce() throws Exception {
    try (Fork one = alone("one", Numbered.OfOneModule.class)) {
      one.awaitText("at port ");
      try (Fork other = alone("other", Numbered.OfAnotherModule.class)) {
        assertThat(other.await()).contains("passed 1, failed 0", one.output().strip());
      }
      one.endInput();
      assertThat(one.await()).contains("passed 1, failed 0");
    }
  }

  private Fork alone(String name, Class<?> tests) throws IOException {
    return Fork.start(
        folder.resolve(name),
        any -> true,
        List.of(),
        List.of(THE_FOLDER, LAUNCHED, tests.getName()));
  }

  @Test
  void aKilledForkLeavesNothingAfterTheNextRun() throws Exception {
    Path own = folder.resolve("cache");
    try (Fork fork =
        Fork.start(
            folder.resolve("killed"),
            any -> true,
            List.of(),
            List.of("-Doutgrow.test.folder=" + own, LAUNCHED, Numbered.Waiting.class.getName()))) {
      fork.awaitText("waiting");
      fork.kill();
    }

    assertNothingIsLeft(own);
  }

  private static final String LAUNCHED = Launched.class.getName();

  private Fork many(String name, Path own) throws IOException {
    return Fork.start(
        folder.resolve(name),
        any -> true,
        List.of(),
        List.of(
            "-Doutgrow.test.folder=" + own,
            "-Dnumbered.count=" + COUNT,
            "-Djunit.jupiter.execution.parallel.enabled=true",
            "-Djunit.jupiter.execution.parallel.mode.default=concurrent",
            "-Djunit.jupiter.execution.parallel.config.strategy=fixed",
            "-Djunit.jupiter.execution.parallel.config.fixed.parallelism=4",
            LAUNCHED,
            Numbered.class.getName()));
  }

  /** Of databases: the one that is taken to look. Of processes: none once that is given back. */
  private static void assertNothingIsLeft(Path own) throws SQLException {
    ScratchSettings settings = ScratchSettings.builder().folder(own).ahead(0).build();
    try (ScratchDatabases databases = ScratchDatabases.open(new AppChains(), settings);
        ScratchDatabase one = databases.postgres()) {
      assertThat(databases(one)).containsExactlyInAnyOrder("postgres", one.name());
    }
    assertThat(Fork.processesOf(own)).isEmpty();
  }

  private static List<String> databases(ScratchDatabase one) throws SQLException {
    try (Connection connection = one.database().connection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1")) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  @Test
  void needsNeitherJunitNorJooq() throws Exception {
    try (Fork fork =
        Fork.start(
            folder.resolve("output"),
            jar -> Stream.of("junit", "jooq", "opentest", "assertj").noneMatch(jar::contains),
            List.of(),
            List.of(THE_FOLDER, WithoutJunit.class.getName()))) {
      assertThat(fork.await()).isEqualTo("[Ann] [] [Bob]\n");
    }
  }

  @Test
  void nothingIsLoadedWithoutNeedWhereTheTemplateIsThere() throws Exception {
    Path loaded = folder.resolve("loaded");
    List<String> run =
        List.of(THE_FOLDER, "-Xlog:class+load:file=" + loaded, WithoutJunit.class.getName());
    try (Fork first = Fork.start(folder.resolve("first"), any -> true, List.of(), run)) {
      assertThat(first.await()).isEqualTo("[Ann] [] [Bob]\n");
    }
    try (Fork later = Fork.start(folder.resolve("later"), any -> true, List.of(), run)) {
      assertThat(later.await()).isEqualTo("[Ann] [] [Bob]\n");
    }
    List<String> all = Files.readAllLines(loaded);
    assertThat(all)
        .anyMatch(line -> line.contains("dev.outgrow.migration.ChainFingerprint"))
        .noneMatch(line -> line.contains("org.flywaydb"));
    // What a JVM makes dozens of classes with when records are compared; SQLite's file comes last.
    assertThat(all.stream().takeWhile(line -> !line.contains("scratch.SqliteTemplates")))
        .anyMatch(line -> line.contains("dev.outgrow.database.scratch.ClonesAhead"))
        .noneMatch(line -> line.contains("java.lang.runtime.ObjectMethods"));
  }

  @Test
  void worksWithTheOldestJunit() throws Exception {
    List<Path> oldest;
    try (Stream<Path> jars = Files.list(Path.of(System.getProperty("outgrow.test.oldest")))) {
      oldest = jars.toList();
    }
    assertThat(oldest).hasSize(6).anyMatch(jar -> jar.endsWith("junit-jupiter-api-5.13.4.jar"));
    try (Fork fork =
        Fork.start(
            folder.resolve("output"),
            jar -> !jar.startsWith("junit-"),
            oldest,
            List.of(
                THE_FOLDER,
                LAUNCHED,
                InjectionTest.class.getName(),
                EachBackendTest.Whole.class.getName(),
                EachBackendTest.Methods.class.getName(),
                LeaksTest.CarelessWithAShared.class.getName()))) {
      // 12, 14, 2 and 1 of 2.
      assertThat(fork.await()).contains("passed 29, failed 1").contains("a connection borrowed by");
    }
  }

  @Test
  void saysInASentenceThatNoServerCanBeReached() throws Exception {
    try (Fork fork =
        Fork.start(
            folder.resolve("output"),
            any -> true,
            List.of(),
            List.of(
                THE_FOLDER,
                "-Doutgrow.test.source=postgresql://app:sesame@127.0.0.1:1/app",
                LAUNCHED,
                Numbered.class.getName()))) {
      assertThat(fork.await())
          .contains("passed 0, failed 1", "127.0.0.1:1")
          .doesNotContain("sesame");
    }
  }
}
