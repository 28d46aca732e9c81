package dev.outgrow.importer.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.SupposedImport;
import dev.outgrow.importer.fixture.SharedServer;
import dev.outgrow.importer.report.ImportReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Whatever a file holds and however it is declared: it arrives, or is named. */
class RandomSchemaTest {
  private static final String SCHEMA = "the \"target\"";
  private static final String TYPES = "types";

  @SuppressWarnings("NullAway.Init")
  private static Database database;

  @SuppressWarnings("NullAway.Init")
  private static Path folder;

  /** More cases, other ones in every run, where the build asks for them. */
  static final class Exhaustive implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return Boolean.getBoolean("outgrow.exhaustive")
          ? SkipResult.doNotSkip()
          : SkipResult.skip("only with -Pexhaustive");
    }
  }

  @BeforeContainer
  static void start() throws IOException {
    folder = Files.createTempDirectory("outgrow-random");
    database = SharedServer.create();
  }

  @AfterContainer
  static void stop() throws IOException {
    SharedServer.drop(database);
    Files.deleteIfExists(folder.resolve("source.db"));
    Files.delete(folder);
  }

  @Provide
  Arbitrary<RandomFile> files() {
    return RandomFiles.files();
  }

  @Property(tries = 100, seed = "20261121", edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void everythingInAFileArrivesOrIsNamed(@ForAll("files") RandomFile thrown) throws Exception {
    carryAndJudge(thrown);
    Statistics.label(TYPES)
        .coverage(
            seen ->
                Stream.of(
                        "bigint",
                        "boolean",
                        "bytea",
                        "character varying",
                        "date",
                        "double precision",
                        "json",
                        "numeric",
                        "text",
                        "time without time zone",
                        "timestamp with time zone",
                        "timestamp without time zone",
                        "uuid")
                    .forEach(type -> seen.check(type).count(files -> files > 3)));
  }

  @AddLifecycleHook(Exhaustive.class)
  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void everythingInManyFilesArrivesOrIsNamed(@ForAll("files") RandomFile thrown) throws Exception {
    carryAndJudge(thrown);
  }

  /** Looks at one row, at a few or at all of them before it loads, which varies with the file. */
  private static long glimpsedRows(byte[] file) {
    return List.of(1L, 2L, 4L, 1_000L).get(Math.floorMod(Arrays.hashCode(file), 4));
  }

  private static void carryAndJudge(RandomFile thrown) throws SQLException, IOException {
    Path file = folder.resolve("source.db");
    thrown.make(file);
    byte[] before = Files.readAllBytes(file);
    try {
      SqliteImport carrying =
          SqliteImport.from(file).into(database).schema(SCHEMA).orphans(Orphans.KEEP);
      ImportReport report = SupposedImport.run(file, database, SCHEMA, glimpsedRows(before));
      try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
          Connection postgres = database.connection()) {
        new Judge(sqlite, postgres, SCHEMA, report)
            .check()
            .forEach(type -> Statistics.label(TYPES).collect(type.replaceAll("\\(.*?\\)", "")));
      }
      assertThat(carrying.verify().verified()).isTrue();
    } finally {
      clear();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.toList()).isEqualTo(List.of(file));
    }
  }

  private static void clear() throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS \"the \"\"target\"\"\" CASCADE");
    }
  }
}
