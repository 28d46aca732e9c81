package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.SourceFileException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an application keeps its data by the custom of the system. */
final class DataFolder {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9 ._-]{0,61}[A-Za-z0-9])?");
  private static final String OWNER_ONLY = "rwx------";

  private DataFolder() {}

  static String requireName(String application) {
    if (!NAME.matcher(application).matches()) {
      throw new ConfigurationException(
          "The application's name",
          application,
          "1 to 63 letters, digits, spaces and . _ -, a letter or digit first and last");
    }
    return application;
  }

  static Path of(String application, Map<String, String> environment, Properties properties) {
    String system = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      Path local = absolute(environment.get("LOCALAPPDATA"));
      return (local == null ? home(properties).resolve("AppData").resolve("Local") : local)
          .resolve(application);
    }
    if (system.startsWith("mac")) {
      return home(properties).resolve("Library/Application Support").resolve(application);
    }
    // A relative path is to be ignored there, says the specification of XDG.
    Path shared = absolute(environment.get("XDG_DATA_HOME"));
    return (shared == null ? home(properties).resolve(".local/share") : shared)
        .resolve(application);
  }

  private static Path home(Properties properties) {
    String home = properties.getProperty("user.home");
    Path path = absolute(home);
    if (path == null) {
      // A container's user without an entry in its list of users has none.
      throw new ConfigurationException(
          "The system property user.home",
          home == null ? "" : home,
          "the absolute path of a folder; or name a database by " + DatabaseChoice.VARIABLE);
    }
    return path;
  }

  private static @Nullable Path absolute(@Nullable String text) {
    try {
      return text == null || !Path.of(text).isAbsolute() ? null : Path.of(text);
    } catch (InvalidPathException invalid) {
      return null;
    }
  }

  /** Makes the folder that a file is to stand in, for the user alone. */
  static void makeFor(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.exists(folder)) {
      return;
    }
    try {
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
      } else {
        Files.createDirectories(folder);
      }
    } catch (IOException failure) {
      throw new SourceFileException(
          file,
          "The data folder " + folder + " cannot be made: " + failure + ".",
          "Give the application another folder, or the right to make this one.",
          failure);
    }
  }
}
