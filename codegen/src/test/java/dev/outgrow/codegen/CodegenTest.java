package dev.outgrow.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.Chain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run, a run after it, a check. On SQLite, where no server has to be waited for. */
class CodegenTest {
  private static final String KEYS = "app/db/core/Keys.java";
  private static final String CLIPS = "app/db/clips/tables/Clips.java";
  private static final String CLIPS_RECORD = "app/db/clips/tables/records/ClipsRecord.java";

  @TempDir private Path folder;

  private static Database none() {
    throw new AssertionError("Nothing had changed, and a database was asked for");
  }

  private Codegen codegen() {
    return onSqlite(Codegen.from(new TestChains()));
  }

  private Codegen onSqlite(Codegen codegen) {
    return codegen
        .backend(dev.outgrow.database.Backend.SQLITE)
        .into(folder.resolve("src"), "app.db")
        .epochSeconds("*_at")
        .epochMillis("users.seen_ms");
  }

  private Map<String, String> files() {
    return new GeneratedSources(folder.resolve("src")).read();
  }

  @Test
  void eachChainHasAPackage() {
    CodegenResult result = codegen().run();

    assertThat(result.generated()).isTrue();
    assertThat(result.files())
        .contains(KEYS, CLIPS, CLIPS_RECORD, "app/db/core/tables/pojos/Users.java");
    assertThat(files().keySet())
        .noneMatch(path -> path.toLowerCase(Locale.ROOT).contains("history"));
    assertThat(files().get(CLIPS)).contains("import app.db.core.tables.Users.UsersPath;");
    files()
        .forEach(
            (path, text) -> {
              if (path.startsWith("app/db/core/")) {
                assertThat(text).as(path).doesNotContain("app.db.clips");
              }
            });
  }

  @Test
  void numbersOfSqliteAreLongAndMomentsInstants() {
    codegen().run();

    assertThat(files().get("app/db/core/tables/pojos/Users.java"))
        .contains("Long id,", "@Nullable String email,", "Instant addedAt,", "Instant seenMs");
    assertThat(files().get("app/db/core/tables/Users.java"))
        .contains("Long.class, Instant.class, java.time.Instant::ofEpochSecond")
        .contains("Long.class, Instant.class, java.time.Instant::ofEpochMilli");
    assertThat(files().get("app/db/core/tables/pojos/Items.java"))
        .contains("@Nullable String thumbOf");
    assertThat(files().get("app/db/core/tables/Items.java")).contains("itemsByParentId()");
  }

  @Test
  void theSameIsTheSameByteForByteAndNamesNoFolder() throws IOException {
    codegen().run();
    Path other = folder.resolve("other");
    codegen().into(other, "app.db").run();

    Map<String, String> made = new GeneratedSources(other).read();
    assertThat(made).isEqualTo(files());
    assertThat(made.values()).noneMatch(text -> text.contains(folder.toString()));
  }

  @Test
  void aLanguageOfOtherLettersIsRefused() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThatThrownBy(() -> codegen().run())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("-Duser.language=en");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void nothingChangedStartsNothing() {
    CodegenResult first = codegen().run();
    CodegenResult second = codegen().scratch(CodegenTest::none).run();

    assertThat(second.generated()).isFalse();
    assertThat(second.files()).isEqualTo(first.files());
    assertThat(codegen().scratch(CodegenTest::none).check().isUpToDate()).isTrue();
  }

  @Test
  void whatAPersonChangedOrDeletedIsMadeAnew() throws IOException {
    codegen().run();
    Path changed = folder.resolve("src").resolve(KEYS);
    String before = Files.readString(changed);
    Files.writeString(changed, before + "// mine\n");
    Files.delete(folder.resolve("src").resolve(CLIPS));

    assertThat(codegen().check().changes()).containsExactly("new " + CLIPS, "changed " + KEYS);
    assertThat(codegen().run().changes()).containsExactly("new " + CLIPS, "changed " + KEYS);
    assertThat(Files.readString(changed)).isEqualTo(before);
    assertThat(codegen().check().isUpToDate()).isTrue();
  }

  @Test
  void filesOfTablesThatAreGoneGoAndOthersStay() throws IOException {
    codegen().run();
    Path own = folder.resolve("src/app/db/clips/tables/Mine.java");
    Files.writeString(own, "class Mine {}\n");

    Codegen without = onSqlite(Codegen.from(TestChains.core()));
    assertThat(without.check().changes())
        .contains("stale " + CLIPS)
        .allMatch(c -> c.startsWith("stale "));
    without.run();

    assertThat(files()).doesNotContainKeys(CLIPS, CLIPS_RECORD).containsKey(KEYS);
    assertThat(own).exists();
    assertThat(folder.resolve("src/app/db/clips/tables/records")).doesNotExist();
  }

  @Test
  void aByteOfAScriptOrASettingMakesItRunAgain() throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("db"));
    Path script = scripts.resolve("V1__t.sql");
    Files.writeString(script, "CREATE TABLE t (id bigint);\n");
    Chain chain = Chain.named("core").location("filesystem:" + scripts).build();
    assertThat(onSqlite(Codegen.from(chain)).run().generated()).isTrue();
    assertThat(onSqlite(Codegen.from(chain)).run().generated()).isFalse();

    Files.writeString(script, "CREATE TABLE t (id bigint);\n\n");
    CodegenResult again = onSqlite(Codegen.from(chain)).run();
    assertThat(again.generated()).isTrue();
    assertThat(again.changes()).isEmpty();
    assertThat(onSqlite(Codegen.from(chain)).epochMillis("x").run().generated()).isTrue();
    assertThat(onSqlite(Codegen.from(chain)).evenIfUnchanged().run().generated()).isTrue();
  }

  @Test
  void aMigrationThatFailsLeavesWhatWasThere() throws IOException {
    codegen().run();
    Map<String, String> before = files();
    Path scripts = Files.createDirectories(folder.resolve("db"));
    Files.writeString(scripts.resolve("V1__t.sql"), "CREATE TABLE t (id bigint); CREATE NONSENSE;");
    Chain broken = Chain.named("broken").location("filesystem:" + scripts).build();

    assertThatThrownBy(() -> onSqlite(Codegen.from(TestChains.core(), broken)).run())
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("V1__t.sql");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aFileOfSomebodyElseIsNotOverwritten() throws IOException {
    Path own = folder.resolve("src").resolve(KEYS);
    Files.createDirectories(own.getParent());
    Files.writeString(own, "class Keys {}\n");

    assertThatThrownBy(() -> codegen().run())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(KEYS);
    assertThat(files()).containsOnlyKeys(KEYS);
  }

  @Test
  void jooqsOwnConfigurationWins() {
    Configuration own =
        new Configuration()
            .withGenerator(new Generator().withGenerate(new Generate().withFluentSetters(true)));
    codegen().configuration(own).run();

    assertThat(files().keySet()).noneMatch(path -> path.contains("/pojos/"));
    assertThat(files().get(CLIPS_RECORD)).contains("public ClipsRecord setId(");
    assertThat(own.getGenerator().getTarget()).isNull();
  }

  @Test
  void whatCannotBeIsRefused() {
    Codegen codegen = Codegen.from(new TestChains());

    assertThatThrownBy(codegen::run).hasMessageContaining("into");
    assertThatThrownBy(() -> codegen.into(folder, "app.new"))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> codegen.only("clip")).hasMessageContaining("one of core, clips");
    assertThatThrownBy(() -> codegen.epochSeconds("a.b.c")).hasMessageContaining("a.b.c");
  }

  @Test
  void aChainCalledAsJavaKeepsForItselfIsAPackageAllTheSame() {
    Chain chain = Chain.named("new").location("db/core").build();
    assertThat(onSqlite(Codegen.from(List.of(chain))).run().files())
        .contains("app/db/new_/Keys.java");
  }
}
