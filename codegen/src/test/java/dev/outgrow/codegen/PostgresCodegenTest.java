package dev.outgrow.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Property;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL has and SQLite lacks; and jOOQ's own tool. */
@Tag("slow")
class PostgresCodegenTest {
  @TempDir private Path folder;

  private Map<String, String> generate(String to, String chain) {
    Path target = folder.resolve(to);
    Codegen.from(TestChains.named(chain)).server(SharedServer.url()).into(target, "app.db").run();
    return new GeneratedSources(target).read();
  }

  @Test
  void typesAreTheirsAndPartitionsAreLeftOut() {
    Map<String, String> made = generate("one", "rich");

    assertThat(made.get("app/db/rich/tables/pojos/Visits.java"))
        .contains("Instant at,", "@Nullable LocalDateTime localAt,", "@Nullable Mood mood,")
        .contains("byte[] raw,", "String @Nullable [] tags,", "@Nullable UUID key,");
    assertThat(made)
        .containsKeys(
            "app/db/rich/enums/Mood.java",
            "app/db/rich/tables/Readings.java",
            "app/db/rich/tables/GladVisits.java",
            "app/db/rich/tables/VisitDays.java",
            "app/db/rich/routines/Twice.java",
            "app/db/rich/Sequences.java",
            "app/db/rich/audit/tables/Entries.java");
    assertThat(made.keySet()).noneMatch(path -> path.contains("2026"));
    assertThat(made.get("app/db/rich/tables/Visits.java"))
        .contains("The moment")
        .contains("super(alias, null, aliased");
    assertThat(made.get("app/db/rich/Keys.java")).contains("VISITS_PKEY");
  }

  @Test
  void theSameIsTheSameByteForByte() {
    assertThat(generate("one", "rich")).isEqualTo(generate("two", "rich"));
  }

  @Test
  void jooqsToolTakesTheDatabaseByItsName() throws Exception {
    Database database =
        new Database()
            .withName("dev.outgrow.codegen.MigratedPostgresDatabase")
            .withInputSchema("public")
            .withProperties(
                new Property().withKey("chains").withValue(TestChains.class.getName()),
                new Property().withKey("server").withValue(SharedServer.text()));
    GenerationTool.generate(configuration(database));

    assertThat(new GeneratedSources(folder).read())
        .containsKeys("stock/tables/Users.java", "stock/tables/Clips.java")
        .allSatisfy((path, text) -> assertThat(path).doesNotContain("History"));
  }

  @Test
  void jooqsToolTakesTheDatabaseOfSqlite() throws Exception {
    Database database =
        new Database()
            .withName(MigratedSqliteDatabase.class.getName())
            .withProperties(new Property().withKey("chains").withValue(TestChains.class.getName()));
    GenerationTool.generate(configuration(database));

    assertThat(new GeneratedSources(folder).read())
        .containsKeys("stock/tables/Users.java", "stock/tables/Clips.java")
        .allSatisfy((path, text) -> assertThat(path).doesNotContain("History"));
  }

  private Configuration configuration(Database database) {
    return new Configuration()
        .withGenerator(
            new Generator()
                .withDatabase(database)
                .withTarget(
                    new Target().withDirectory(folder.toString()).withPackageName("stock")));
  }

  @Test
  void theReportNamesColumnsThatAreNotAlike() {
    BackendReport report =
        Codegen.from(TestChains.named("rich")).server(SharedServer.url()).backendReport();

    assertThat(report.differences())
        .contains(
            new BackendReport.Difference("visits", "mood", "Mood", "String"),
            new BackendReport.Difference("visits", "weight", "missing", "Double?"))
        .noneMatch(d -> d.column().equals("id") && d.table().equals("visits"))
        .noneMatch(d -> d.column().equals("at") && d.table().equals("visits"));
    assertThat(report.text()).contains("visits.mood: Mood on PostgreSQL, String on SQLite\n");
  }
}
