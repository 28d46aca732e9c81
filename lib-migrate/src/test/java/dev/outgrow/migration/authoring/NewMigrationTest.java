package dev.outgrow.migration.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A new migration comes behind all others and in no other's place. */
class NewMigrationTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;

  private NewMigration begun() {
    return NewMigration.in(folder).clock(NOON);
  }

  private List<String> names(List<Path> files) {
    return files.stream().map(file -> folder.relativize(file).toString()).toList();
  }

  @Test
  void theVersionIsTheTimeAndTheNextAboveWhatIsThere() {
    assertThat(names(begun().write("add albums")))
        .containsExactly("V20261121120000__add_albums.sql");
    assertThat(names(begun().withUndo().write("add albums")))
        .containsExactly("V20261121120001__add_albums.sql", "U20261121120001__add_albums.sql");
    assertThat(names(begun().only(Backend.SQLITE).write("x")))
        .containsExactly("sqlite/V20261121120002__x.sql");
    assertThat(names(begun().perBackend().write("x")))
        .containsExactly("postgresql/V20261121120003__x.sql", "sqlite/V20261121120003__x.sql");
    assertThat(names(begun().above("30001231235959.7").write("x")))
        .containsExactly("V30001231235960__x.sql");
  }

  @ParameterizedTest
  @CsvSource({
    "Add Albums!, add_albums",
    "  Größe ändern  , gro_e_andern",
    "../../etc/passwd, etc_passwd",
    "Café No. 5, cafe_no_5",
    "İstanbul, istanbul"
  })
  void theDescriptionIsFoldedToWhatEveryFileSystemTakes(String description, String folded) {
    assertThat(names(begun().write(description)))
        .containsExactly("V20261121120000__" + folded + ".sql");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "___", "добавить"})
  void aDescriptionOfWhichNothingIsLeftIsRefused(String description) {
    assertThatThrownBy(() -> begun().write(description))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("letters a to z");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDescriptionWithALineEndStaysInItsComment() throws IOException {
    Path file = begun().write("a\nDROP TABLE users").get(0);
    assertThat(Files.readString(file)).isEqualTo("-- a DROP TABLE users\n");
  }

  @Test
  void whatIsThereIsNeverReplacedAndNothingHalfStays() throws IOException {
    Files.createDirectory(folder.resolve("U20261121120000__x.sql"));
    assertThatThrownBy(() -> begun().withUndo().write("x"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("U20261121120000__x.sql");
    assertThat(folder.resolve("V20261121120000__x.sql")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void aChainsNewMigrationIsAboveItsLastAndRuns(Backend backend) throws SQLException {
    Scripts scripts =
        Scripts.core(folder.resolve("core"))
            .put("V99991231235959__far.sql", "CREATE TABLE far (id INTEGER);");
    Chain core = scripts.chain("core").build();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(core);
      migrations.migrate();
      migrations
          .newMigration("core", folder.resolve("core"))
          .content("CREATE TABLE more (id INTEGER);\n")
          .write("more");
      migrations.newMigration("core", folder.resolve("core")).write("nothing yet");
      assertThat(migrations.migrate().chain("core").ran())
          .containsExactly("V99991231235960__more.sql", "V99991231235961__nothing_yet.sql");
      assertThat(db.tables()).contains("more");
    }
  }
}
