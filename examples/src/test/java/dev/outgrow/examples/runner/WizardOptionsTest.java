package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.DatabaseChoice;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.examples.wizard.WizardSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WizardOptionsTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static WizardOptions of(String... arguments) {
    return CommandLine.populateCommand(new WizardOptions(), arguments);
  }

  private DatabaseConfig config(Path file) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console = new Console(stream, stream, Map.of(), false);
    DatabaseChoice choice =
        DatabaseChoice.forApplication("media-history")
            .url("sqlite:///" + file)
            .environment(Map.of())
            .choose();
    return of().moved(choice, console)
        .map(DatabaseConfig::builder)
        .orElseGet(() -> DatabaseConfig.builder(choice))
        .build();
  }

  @Test
  void followTheApplicationToWhereItHasMoved(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("media.db");
    assertThat(config(file).url().file()).contains(file);

    Files.writeString(
        folder.resolve("media.db.moved"), "url=postgresql\\://me@db/media\npassword=s3cret\n");
    assertThat(config(file).url()).hasToString("postgresql://me:***@db:5432/media");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("has moved from " + file, "media.db.moved says", "DATABASE_URL")
        .doesNotContain("s3cret");

    Files.writeString(folder.resolve("media.db.moved"), "nothing");
    assertThatThrownBy(() -> config(file))
        .isInstanceOf(OutgrowException.class)
        .hasMessageContaining("media.db.moved")
        .hasMessageContaining("Set DATABASE_URL");
  }

  @Test
  void followTheApplicationToTheFileItHasComeBackTo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("media.db");
    Path back = folder.resolve("media.back.db");
    Files.writeString(folder.resolve("media.db.moved"), "url=sqlite\\:///" + back + "\n");
    assertThatThrownBy(() -> config(file))
        .hasMessageContaining(back + ", which is not there")
        .hasMessageContaining("Put that file back");

    Files.createFile(back);
    assertThat(config(file).url().file()).contains(back);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("has moved from " + file, "back.db");

    Files.writeString(folder.resolve("media.back.db.moved"), "url=postgresql\\://db/media\n");
    assertThat(config(file).url()).hasToString("postgresql://db:5432/media");

    Files.createFile(file);
    Files.writeString(folder.resolve("media.back.db.moved"), "url=sqlite\\:///" + file + "\n");
    assertThatThrownBy(() -> config(file)).hasMessageContaining("leads back to where it stands");
  }

  @Test
  void refuseWhatTheWizardCannotUse(@TempDir Path folder) {
    WizardSettings settings =
        of("--files", folder.toString(), "--upload-limit", "3", "--uploads", folder.toString())
            .settings();
    assertThat(settings.folder()).contains(folder);
    assertThat(settings.uploads()).isEqualTo(folder);
    assertThat(settings.largestUpload()).isEqualTo(3L << 20);
    for (String[] wrong :
        new String[][] {
          {"--upload-limit", "0"},
          {"--files", folder.resolve("nowhere").toString()},
          {"--move-to", "nonsense"},
          {"--move-to", "sqlite:///x.db"}
        }) {
      assertThatThrownBy(() -> of(wrong).settings()).isInstanceOf(ConfigurationException.class);
    }
  }
}
