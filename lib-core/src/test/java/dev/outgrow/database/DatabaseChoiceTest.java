package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.SourceFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseChoiceTest {
  private final Map<String, String> environment = new HashMap<>();
  private final Properties properties = new Properties();

  DatabaseChoiceTest() {
    properties.setProperty("os.name", "Linux");
    properties.setProperty("user.home", "/home/ada");
  }

  @Test
  void takesTheFirstThatNamesADatabase() {
    assertThat(choose(null))
        .hasToString(
            "sqlite:////home/ada/.local/share/media/media.db, since neither the program nor"
                + " outgrow.database.url nor DATABASE_URL names another");

    environment.put("DATABASE_URL", "postgres://u:s3cret@variable/d");
    assertThat(choose(null))
        .hasToString(
            "postgresql://u:***@variable:5432/d, named by the environment variable DATABASE_URL");

    properties.setProperty("outgrow.database.url", "postgres://u:s3cret@property/d");
    assertThat(choose(null))
        .hasToString(
            "postgresql://u:***@property:5432/d, named by the system property"
                + " outgrow.database.url");

    DatabaseChoice told = choose("postgres://u:s3cret@program/d");
    assertThat(told).hasToString("postgresql://u:***@program:5432/d, named by the program");
    assertThat(told.url().hosts().get(0).name()).isEqualTo("program");
    assertThat(told.reason()).isEqualTo("named by the program");
  }

  @Test
  void takesBlanksForNothing() {
    environment.put("DATABASE_URL", " \n");
    properties.setProperty("outgrow.database.url", "");

    assertThat(choose("  ").url().backend()).isEqualTo(Backend.SQLITE);
  }

  @Test
  void takesAUrlFromAFileWithItsLineEnd() {
    environment.put("DATABASE_URL", "postgres://h/d\n");

    assertThat(choose(null).url()).isEqualTo(DatabaseUrl.parse("postgres://h/d"));
  }

  @Test
  void refusesAUrlThatCannotBeReadNamingWhereItStands() {
    environment.put("DATABASE_URL", "mysql://u:s3cret@h/d");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> choose(null))
        .withMessageStartingWith(
            "The database URL's scheme, named by the environment variable DATABASE_URL, cannot be"
                + " \"mysql\".")
        .withMessageNotContaining("s3cret");

    properties.setProperty("outgrow.database.url", "postgres://u:s3cret@h:x/d");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> choose(null))
        .withMessageContaining("port, named by the system property outgrow.database.url, cannot")
        .withMessageNotContaining("s3cret");
  }

  @Test
  void keepsDataWhereTheSystemKeepsIt() {
    assertFolder("/home/ada/.local/share/media");
    environment.put("XDG_DATA_HOME", "/data");
    assertFolder("/data/media");
    environment.put("XDG_DATA_HOME", "relative"); // to be ignored, says the specification
    assertFolder("/home/ada/.local/share/media");
    properties.setProperty("os.name", "Mac OS X");
    assertFolder("/home/ada/Library/Application Support/media");
    properties.setProperty("os.name", "Windows 11");
    assertFolder("/home/ada/AppData/Local/media");
    environment.put("LOCALAPPDATA", "/local");
    assertFolder("/local/media");
  }

  private void assertFolder(String folder) {
    assertThat(choose(null).url().file()).contains(Path.of(folder, "media.db"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "relative"})
  void refusesASystemThatDoesNotSayWhereTheHomeIs(String home) {
    properties.setProperty("user.home", home);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> choose(null))
        .withMessageContaining("user.home")
        .withMessageContaining("DATABASE_URL");
    assertThat(choose("sqlite:///app.db").url().database()).isEqualTo("app.db");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../x", "a/b", "a\\b", ".a", "a.", " a", "a:b", "ä", "a\0"})
  void refusesANameThatIsNotThatOfAFolder(String name) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> DatabaseChoice.forApplication(name))
        .withMessageContaining("1 to 63 letters");
  }

  @Test
  void takesANameOfOneTo63Characters() {
    for (String name : new String[] {"a", "Media History 2.0", "x".repeat(63)}) {
      assertThat(DatabaseChoice.forApplication(name)).isNotNull();
    }
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> DatabaseChoice.forApplication("x".repeat(64)));
  }

  @Test
  void makesTheDataFolderWhenItIsOpenedAndSaysWhy(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("deep").resolve("media");
    DatabaseChoice choice = builder().dataFolder(data).choose();
    assertThat(data).doesNotExist();

    try (Database database = Database.open(DatabaseConfig.builder(choice).build())) {
      assertThat(database.describe())
          .startsWith("SQLite 3.")
          .endsWith("/deep/media/media.db, " + choice.reason());
    }
    assertThat(data.resolve("media.db")).isRegularFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
  }

  @Test
  void saysWhichFolderCannotBeMade(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    DatabaseChoice choice = builder().dataFolder(file.resolve("media")).choose();

    assertThatExceptionOfType(SourceFileException.class)
        .isThrownBy(() -> Database.open(DatabaseConfig.builder(choice).build()))
        .withMessageContaining(file.resolve("media").toString());
  }

  private DatabaseChoice choose(@Nullable String told) {
    return builder().url(told).choose();
  }

  private DatabaseChoice.Builder builder() {
    return DatabaseChoice.forApplication("media")
        .environment(environment)
        .systemProperties(properties);
  }
}
