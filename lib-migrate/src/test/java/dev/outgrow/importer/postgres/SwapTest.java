package dev.outgrow.importer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.SwapSql;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.plan.TargetState.Holding;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the target held moves aside as a whole, or stays as a whole. */
class SwapTest {
  private static final String TARGET = "my \"target\"";
  private static final String QUOTED = "\"my \"\"target\"\"\"";
  private static final ImportNames NAMES = ImportNames.of(TARGET, "1");
  private static final String BEFORE = "\"my \"\"target\"\"_before_1\"";
  private static final TableMapping TABLE =
      MappedTable.named("item").column("id", TargetType.BIGINT).key("id").build();

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  @BeforeAll
  static void start() {
    server = TestDatabase.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void clear() throws SQLException {
    server.execute(
        "DROP SCHEMA IF EXISTS " + QUOTED + " CASCADE",
        "DROP SCHEMA IF EXISTS " + BEFORE + " CASCADE",
        "DROP SCHEMA IF EXISTS outgrow_staging_1 CASCADE");
  }

  @Test
  void takesTheNameOfASchemaThatIsNotThere() throws SQLException {
    assertThat(swap(false)).isEmpty();

    assertThat(relations(TARGET)).containsExactly("item");
    assertThat(schemas()).containsExactly(TARGET);
  }

  @Test
  void movesIntoAnEmptySchemaAndKeepsItsGrants() throws SQLException {
    server.execute("CREATE SCHEMA " + QUOTED, "GRANT USAGE ON SCHEMA " + QUOTED + " TO public");

    assertThat(swap(false)).isEmpty();

    assertThat(relations(TARGET)).containsExactly("item");
    assertThat(schemas()).containsExactly(TARGET);
    assertThat(
            server.column("SELECT nspacl FROM pg_namespace WHERE nspname = 'my \"target\"'").get(0))
        .contains("=U/");
  }

  @Test
  void refusesASchemaThatHoldsSomethingAndNamesIt() throws SQLException {
    server.execute("CREATE SCHEMA " + QUOTED, "CREATE TABLE " + QUOTED + ".\"old\" (id bigint)");

    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> swap(false))
        .withMessageContaining("holds old")
        .satisfies(e -> assertThat(e.getMessage()).contains("replace"));

    assertThat(relations(TARGET)).containsExactly("old");
    assertThat(schemas()).containsExactly(TARGET);
  }

  @Test
  void movesEverythingAsideThatASchemaHolds() throws SQLException {
    server.execute(
        "CREATE SCHEMA " + QUOTED,
        "SET search_path = " + QUOTED,
        "CREATE TABLE item (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, s serial, v text UNIQUE)",
        "INSERT INTO item (v) VALUES ('kept')",
        "CREATE TABLE child (item bigint REFERENCES item)",
        "CREATE VIEW seen AS SELECT v FROM item",
        "CREATE MATERIALIZED VIEW saved AS SELECT v FROM item",
        "CREATE SEQUENCE free",
        "CREATE TABLE part (id int) PARTITION BY RANGE (id)",
        "CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (1) TO (10)",
        "CREATE INDEX on_part ON part (id)",
        "CREATE TABLE \"Odd \"\"name\"\"\" (id int)",
        "CREATE UNLOGGED TABLE unlogged (id int)",
        "CREATE FOREIGN DATA WRAPPER nowhere",
        "CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere",
        "CREATE FOREIGN TABLE far (id int) SERVER elsewhere",
        "RESET search_path");

    assertThat(swap(true)).isEqualTo(NAMES.before());

    assertThat(relations(TARGET)).containsExactly("item");
    assertThat(relations(NAMES.before()))
        .containsExactlyInAnyOrder(
            "item",
            "child",
            "seen",
            "saved",
            "free",
            "part",
            "part_1",
            "Odd \"name\"",
            "unlogged",
            "far",
            "item_id_seq",
            "item_s_seq");
    assertThat(server.column("SELECT v FROM " + BEFORE + ".seen")).containsExactly("kept");
    assertThat(
            server.column("INSERT INTO " + BEFORE + ".item (v) VALUES ('next') RETURNING id + s"))
        .containsExactly("4");
    assertThat(server.column("SELECT id FROM " + QUOTED + ".item")).isEmpty();
    server.execute("DROP FOREIGN DATA WRAPPER nowhere CASCADE");
  }

  @Test
  void leavesWhatBelongsToAnExtension() throws SQLException {
    server.execute(
        "CREATE SCHEMA " + QUOTED,
        "SET search_path = " + QUOTED,
        "CREATE TABLE of_extension (id int)",
        "RESET search_path");
    server.execute("ALTER EXTENSION plpgsql ADD TABLE " + QUOTED + ".of_extension");
    try {
      assertThat(swap(false)).isEmpty();
      assertThat(relations(TARGET)).containsExactlyInAnyOrder("item", "of_extension");
    } finally {
      server.execute("ALTER EXTENSION plpgsql DROP TABLE " + QUOTED + ".of_extension");
    }
  }

  @Test
  void saysInThePlanWhatTheSwapWillDo() throws SQLException {
    TargetState missing = new TargetState("t", false, List.of());
    TargetState empty = TargetState.empty("t");
    TargetState full =
        new TargetState(
            "t",
            true,
            List.of(new Holding("SEQUENCE", "s"), new Holding("MATERIALIZED VIEW", "m\"v")));
    ImportNames names = ImportNames.of("t", "1");
    List<Holding> staged = List.of(new Holding("TABLE", "item"));

    assertThat(SwapSql.of(names, missing, staged))
        .containsExactly("ALTER SCHEMA \"outgrow_staging_1\" RENAME TO \"t\"");
    assertThat(SwapSql.of(names, empty, staged))
        .containsExactly(
            "ALTER TABLE \"outgrow_staging_1\".\"item\" SET SCHEMA \"t\"",
            "DROP SCHEMA \"outgrow_staging_1\"");
    assertThat(SwapSql.of(names, full, staged))
        .containsExactly(
            "CREATE SCHEMA \"t_before_1\"",
            "ALTER SEQUENCE \"t\".\"s\" SET SCHEMA \"t_before_1\"",
            "ALTER MATERIALIZED VIEW \"t\".\"m\"\"v\" SET SCHEMA \"t_before_1\"",
            "ALTER TABLE \"outgrow_staging_1\".\"item\" SET SCHEMA \"t\"",
            "DROP SCHEMA \"outgrow_staging_1\"");
  }

  @Test
  void leavesTheTargetAsItWasWhereTheSwapFails() throws SQLException {
    server.execute(
        "CREATE SCHEMA " + QUOTED,
        "CREATE TABLE " + QUOTED + ".old (id bigint)",
        "CREATE TABLE " + QUOTED + ".item (in_the_way int)",
        "ALTER EXTENSION plpgsql ADD TABLE " + QUOTED + ".item");
    try {
      assertThatExceptionOfType(OutgrowException.class)
          .isThrownBy(() -> swap(true))
          .withMessageContaining("item");
    } finally {
      server.execute("ALTER EXTENSION plpgsql DROP TABLE " + QUOTED + ".item");
    }

    assertThat(relations(TARGET)).containsExactlyInAnyOrder("old", "item");
    assertThat(schemas()).containsExactly(TARGET);
  }

  @Test
  void dropsTheStagingSchemaWhereItIsClosedWithoutASwap() throws SQLException {
    try (ImportTarget target = ImportTarget.open(server.database(), NAMES, Buffers.DEFAULT)) {
      prepare(target);
      assertThat(schemas()).containsExactly("outgrow_staging_1");
    }

    assertThat(schemas()).isEmpty();
  }

  @Test
  void dropsTheStagingSchemaOverAnotherConnectionWhereItsOwnIsBroken() throws SQLException {
    try (ImportTarget target = ImportTarget.open(server.database(), NAMES, Buffers.DEFAULT)) {
      prepare(target);
      server.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE query LIKE 'CREATE TABLE \"outgrow_staging_1\"%' AND pid <> pg_backend_pid()");
    }

    assertThat(schemas()).isEmpty();
  }

  @Test
  void givesItsSessionBackAsItCame() throws SQLException {
    String settings =
        "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings"
            + " WHERE name IN ('search_path', 'statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout', 'TimeZone')";
    List<String> before = server.column(settings).stream().map(String::valueOf).toList();
    swap(false);

    for (int i = 0; i < 3; i++) {
      assertThat(server.column(settings)).isEqualTo(before);
    }
  }

  private static String swap(boolean replace) {
    try (ImportTarget target = ImportTarget.open(server.database(), NAMES, Buffers.DEFAULT)) {
      prepare(target);
      return target.swap(replace).before();
    }
  }

  private static void prepare(ImportTarget target) {
    SchemaMapping mapping = new SchemaMapping(List.of(TABLE), List.of(), List.of(), List.of());
    for (Step step : ImportPlan.of(NAMES, mapping, target.state()).steps()) {
      if (step instanceof Step.Execute execute) {
        target.execute(execute);
      } else if (step instanceof Step.Create create) {
        target.make(create);
      }
    }
  }

  private static List<String> relations(String schema) throws SQLException {
    return server
        .column(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '"
                + schema
                + "' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') ORDER BY 1")
        .stream()
        .map(String::valueOf)
        .toList();
  }

  private static List<String> schemas() throws SQLException {
    return server
        .column(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'outgrow%' OR nspname LIKE 'my%' ORDER BY 1")
        .stream()
        .map(String::valueOf)
        .toList();
  }
}
