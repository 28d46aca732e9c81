package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.migration.fixture.DyingProcess;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import dev.outgrow.schema.comparison.SchemaComparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that migrates is killed at any moment. The next start is right, or refuses and names
 * what to do; once that is done, everything is there, and has happened once.
 */
@Tag("slow")
class KilledMigrationTest {
  private static final int ROUNDS = Boolean.getBoolean("outgrow.exhaustive") ? 30 : 6;
  private static final Pattern UNFINISHED = Pattern.compile("(\\S+) was begun outside");
  private static final Pattern DROP = Pattern.compile("DROP INDEX [^;]+;");
  private static final Pattern COMMAND = Pattern.compile("\"outgrow ([^\"]+)\"");

  /** Two for each script (before, after), four for each migration in Java. */
  private static final int STEPS = 7 * 2 + 2 * 4;

  /** Behind a script, in one; behind the index, in Java; in the index, behind the half script. */
  private static final int[] MOMENTS = {4, 3, 8, 15, 7, 18};

  /** What a person would do who is told to take back what a script has done. */
  private static final Map<String, List<String>> TAKEN_BACK =
      Map.of(
          "V20__index.sql", List.of("DROP INDEX IF EXISTS ix_big"),
          "40", List.of("DELETE FROM effects WHERE n = 40"),
          "V50__half.sql",
              List.of("DROP TABLE IF EXISTS half", "DELETE FROM effects WHERE n = 50"));

  @TempDir private Path folder;

  private static Scripts scripts(Path folder, Backend backend) {
    boolean postgres = backend == Backend.POSTGRESQL;
    String fill =
        postgres
            ? "INSERT INTO big SELECT g FROM generate_series(1, 40000) g;\n"
            : "INSERT INTO big WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g"
                + " WHERE n < 40000) SELECT n FROM g;\n";
    return new Scripts(folder)
        .put("V1__effects.sql", "CREATE TABLE effects (n INTEGER); CREATE TABLE big (n INTEGER);")
        .put(
            "V10__fill.sql",
            "INSERT INTO effects VALUES (10);\n" + fill + "CREATE TABLE a (n INTEGER);")
        .put(
            "V11__more.sql",
            fill + "INSERT INTO effects VALUES (11);\nALTER TABLE a ADD COLUMN m TEXT;")
        .put(
            "V20__index.sql",
            "CREATE INDEX " + (postgres ? "CONCURRENTLY " : "") + "ix_big ON big (n);")
        .put("V20__index.sql.conf", "executeInTransaction=false")
        .put(
            "V50__half.sql",
            "CREATE TABLE half (n INTEGER);\n" + fill + "INSERT INTO effects VALUES (50);")
        .put("V50__half.sql.conf", "executeInTransaction=false")
        .put("V60__last.sql", fill + "INSERT INTO effects VALUES (60);")
        .put("R__view.sql", "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT n FROM effects;");
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(600)
  void theNextStartIsRightOrNamesWhatToDo(Backend backend) throws Exception {
    Path scripts = folder.resolve("core");
    Chain chain = DyingProcess.chain(scripts(scripts, backend));
    Random random = new Random(20261121);
    try (MigrationDatabase clean = MigrationDatabase.create(backend, folder)) {
      Migrations.of(clean.database()).chain(chain).migrate();
      for (int round = 0; round < ROUNDS; round++) {
        int step = round < MOMENTS.length ? MOMENTS[round] : 1 + random.nextInt(STEPS);
        boolean wait = round % 3 != 1;
        Path own = Files.createDirectory(folder.resolve("round" + round));
        try (MigrationDatabase db = MigrationDatabase.create(backend, own)) {
          kill(
              DyingProcess.start(scripts, db.database(), wait ? step : 0),
              step,
              random.nextInt(60));
          mend(Migrations.of(db.database()).chain(chain), db);
          assertThat(wrong(db, clean)).as("killed at step %d", step).isEmpty();
        }
      }
    }
  }

  /** A process that does not wait goes on meanwhile, so that the kill meets it anywhere. */
  private static void kill(Process process, int step, int millis) throws Exception {
    try {
      assertThat(DyingProcess.await(process, step)).isEmpty();
      long end = System.nanoTime() + millis * 1_000_000L;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Starts, and does what a refusal says, word by word. */
  private static void mend(Migrations migrations, MigrationDatabase db) throws SQLException {
    for (int refusals = 0; refusals < 3; refusals++) {
      try {
        assertThat(migrations.start(StartPolicy.INITIALISE_EMPTY).isCurrent()).isTrue();
        return;
      } catch (SchemaNotReadyException refused) {
        obey(refused, migrations, db);
      }
    }
    assertThat(migrations.check().isCurrent()).isTrue();
  }

  private static void obey(
      SchemaNotReadyException refused, Migrations migrations, MigrationDatabase db)
      throws SQLException {
    Matcher unfinished = UNFINISHED.matcher(refused.what());
    if (unfinished.find()) {
      assertThat(refused.remedy()).contains("Take back by hand", "repair", "migrate");
      List<String> drops = DROP.matcher(refused.what()).results().map(MatchResult::group).toList();
      List<String> byHand =
          TAKEN_BACK.entrySet().stream()
              .filter(entry -> isMigration(unfinished.group(1), entry.getKey()))
              .findFirst()
              .orElseThrow()
              .getValue();
      db.execute((drops.isEmpty() ? byHand : drops).toArray(new String[0]));
    }
    List<String> commands =
        COMMAND.matcher(refused.remedy()).results().map(command -> command.group(1)).toList();
    assertThat(commands).isNotEmpty();
    for (String command : commands) {
      switch (command) {
        case "migrate" -> migrations.migrate();
        case "repair --chain core" -> migrations.repair("core");
        default -> throw new AssertionError("Cannot run " + command);
      }
    }
  }

  /** The migrations in Java are named by their class; only one of them leaves something. */
  private static boolean isMigration(String named, String script) {
    return named.equals(script) || (named.contains("DyingProcess") && script.equals("40"));
  }

  private static List<String> wrong(MigrationDatabase db, MigrationDatabase clean)
      throws SQLException {
    assertThat(db.query("SELECT n FROM effects ORDER BY n"))
        .isEqualTo(clean.query("SELECT n FROM effects ORDER BY n"));
    assertThat(db.query("SELECT count(*) FROM a")).isEqualTo(clean.query("SELECT count(*) FROM a"));
    String history =
        "SELECT version, script, checksum, success FROM core_schema_history"
            + " WHERE installed_rank > 0 ORDER BY installed_rank";
    assertThat(db.query(history)).isEqualTo(clean.query(history));
    if (db.database().backend() == Backend.POSTGRESQL) {
      assertThat(db.query("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
          .containsExactly("0");
    }
    return SchemaComparison.of(LiveSchema.read(clean.database()), LiveSchema.read(db.database()))
        .differences()
        .stream()
        .map(Object::toString)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void theLockOfAKilledHolderIsFree(Backend backend) throws Exception {
    Path scripts = folder.resolve("core");
    Chain chain = DyingProcess.chain(scripts(scripts, backend));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(chain);
      Process process = DyingProcess.start(scripts, db.database(), 3);
      try {
        assertThat(DyingProcess.await(process, 3)).isEmpty();
        assertThatThrownBy(migrations.patience(Duration.ZERO)::migrate)
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("Another program");
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(migrations.patience(Duration.ofSeconds(30)).migrate().isComplete()).isTrue();
    }
  }

  /** The server notices that a client is gone when its statement is done, and not before. */
  @Test
  @Timeout(120)
  void whatStillRunsInTheServerForAKilledHolderIsWaitedFor() throws Exception {
    Path core = folder.resolve("core");
    Scripts scripts =
        scripts(core, Backend.POSTGRESQL)
            .put(
                "V10__fill.sql",
                "INSERT INTO effects VALUES (10);\nSELECT pg_advisory_lock(4711);\nCREATE TABLE a (n INTEGER);");
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder);
        Connection other = db.database().ownConnection();
        Statement statement = other.createStatement()) {
      Migrations migrations = Migrations.of(db.database()).chain(DyingProcess.chain(scripts));
      statement.execute("SELECT pg_advisory_lock(4711)");
      Process process = DyingProcess.start(core, db.database(), 0);
      try {
        assertThat(DyingProcess.await(process, 3)).isEmpty();
        awaitOneWhoWaits(db);
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThatThrownBy(migrations.patience(Duration.ofMillis(300))::migrate)
          .isInstanceOf(UnavailableException.class);
      statement.execute("SELECT pg_advisory_unlock(4711)");
      assertThat(migrations.patience(Duration.ofSeconds(30)).migrate().isComplete()).isTrue();
      assertThat(db.query("SELECT count(*) FROM effects WHERE n = 10")).containsExactly("1");
    }
  }

  private static void awaitOneWhoWaits(MigrationDatabase db) throws SQLException {
    while (db.query("SELECT 1 FROM pg_locks WHERE objid = 4711 AND NOT granted").isEmpty()) {
      Thread.onSpinWait();
    }
  }
}
