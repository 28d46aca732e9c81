package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.database.setup.Script;
import dev.outgrow.migration.fingerprint.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainFingerprintTest {
  private @TempDir Path folder;

  @BeforeEach
  void writeScripts() throws IOException {
    Files.writeString(folder.resolve("V1__users.sql"), "CREATE TABLE users (id bigint);\n");
    Files.writeString(folder.resolve("V2__more.sql"), "ALTER TABLE users ADD name text;\n");
  }

  private Chain chain(UnaryOperator<Chain.Builder> more) {
    return more.apply(Chain.named("core").location("filesystem:" + folder)).build();
  }

  private Fingerprint print(UnaryOperator<Chain.Builder> more) {
    return ChainFingerprint.of(Backend.POSTGRESQL, List.of(chain(more)));
  }

  private Fingerprint print() {
    return print(chain -> chain);
  }

  @Test
  void isTheSameForTheSameScripts() {
    assertThat(print()).isEqualTo(print());
    assertThat(print().hex()).matches("[0-9a-f]{64}");
    assertThat(print()).hasToString(print().shortened());
    assertThat(print().shortened()).hasSize(24);
  }

  @Test
  void changesWithEveryByteOfAScript() throws IOException {
    Fingerprint before = print();
    Files.writeString(folder.resolve("V2__more.sql"), "ALTER TABLE users ADD name text; \n");
    assertThat(print()).isNotEqualTo(before);
  }

  @Test
  void changesWithTheEndOfALineThatFlywayDoesNotSee() throws IOException {
    Fingerprint before = print();
    Files.writeString(folder.resolve("V2__more.sql"), "ALTER TABLE users ADD name text;\r\n");
    assertThat(print()).isNotEqualTo(before);
  }

  @Test
  void changesWithTheSettingsOfAScript() throws IOException {
    Fingerprint before = print();
    Files.writeString(folder.resolve("V2__more.sql.conf"), "executeInTransaction=false\n");
    assertThat(print()).isNotEqualTo(before);
  }

  @Test
  void changesWithTheNameOfAScript() throws IOException {
    Fingerprint before = print();
    Files.move(folder.resolve("V2__more.sql"), folder.resolve("V3__more.sql"));
    assertThat(print()).isNotEqualTo(before);
  }

  @Test
  void changesWithEverySettingOfAChain() {
    assertThat(
            List.of(
                print(),
                print(chain -> chain.owns("users")),
                print(chain -> chain.owns("users", "items")),
                print(chain -> chain.historyTable("flyway_schema_history")),
                print(chain -> chain.placeholder("a", "1")),
                print(chain -> chain.placeholder("a", "2")),
                print(chain -> chain.requires("base", "1")),
                print(chain -> chain.requires("base", "2")),
                print(chain -> chain.javaMigrations(new First())),
                print(chain -> chain.javaMigrations(new Second())),
                ChainFingerprint.of(Backend.SQLITE, List.of(chain(chain -> chain))),
                ChainFingerprint.of(
                    Backend.POSTGRESQL,
                    DatabaseSetup.of(new Script("s", "CREATE SCHEMA IF NOT EXISTS a")),
                    List.of(chain(chain -> chain)))))
        .doesNotHaveDuplicates();
  }

  @Test
  void doesNotDependOnTheOrderInWhichOwnedTablesAreNamed() {
    assertThat(print(chain -> chain.owns("b", "a")))
        .isEqualTo(print(chain -> chain.owns("a", "b")));
  }

  @Test
  void dependsOnTheOrderOfChains() {
    Chain one = Chain.named("one").location("filesystem:" + folder).build();
    Chain two = Chain.named("two").location("filesystem:" + folder).build();
    assertThat(ChainFingerprint.of(Backend.POSTGRESQL, List.of(one, two)))
        .isNotEqualTo(ChainFingerprint.of(Backend.POSTGRESQL, List.of(two, one)));
  }

  @Test
  void tellsPartsApartWhoseTextsTogetherAreTheSame() {
    Fingerprint start = Fingerprint.of("test");
    assertThat(start.with("ab", "c")).isNotEqualTo(start.with("a", "bc"));
    assertThat(start.with("a", "b").with("c", "d")).isNotEqualTo(start.with("a", "bcd"));
    assertThat(start.with("a", "b").with("c", "d"))
        .isNotEqualTo(start.with("c", "d").with("a", "b"));
  }

  @Test
  void isTheSameForTheSameMigrationInJava() {
    assertThat(print(chain -> chain.javaMigrations(new First())))
        .isEqualTo(print(chain -> chain.javaMigrations(new First())));
  }

  private static class First implements JavaMigration {
    @Override
    public String version() {
      return "5";
    }

    @Override
    public String description() {
      return "in java";
    }

    @Override
    public void migrate(MigrationContext context) {}
  }

  private static final class Second extends First {}
}
