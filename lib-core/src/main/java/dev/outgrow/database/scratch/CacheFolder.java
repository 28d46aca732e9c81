package dev.outgrow.database.scratch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where a user's programs keep what they can make again, by the custom of the system. */
final class CacheFolder {
  private static final String NAME = "outgrow";

  private CacheFolder() {}

  static Path of(Map<String, String> environment, Properties properties) {
    // A relative path is to be ignored there, says the specification of XDG.
    Path shared = absolute(environment.get("XDG_CACHE_HOME"));
    if (shared != null) {
      return shared.resolve(NAME);
    }
    Path home = absolute(properties.getProperty("user.home"));
    if (home == null || home.getNameCount() == 0) {
      // A container's user without an entry in its list of users has none, or the root's.
      return temporary(properties);
    }
    boolean mac = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
    return home.resolve(mac ? "Library/Caches" : ".cache").resolve(NAME);
  }

  private static Path temporary(Properties properties) {
    String user = properties.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    return Path.of(properties.getProperty("java.io.tmpdir", "/tmp"))
        .toAbsolutePath()
        .resolve("outgrow-cache-" + user);
  }

  private static @Nullable Path absolute(@Nullable String text) {
    try {
      return text == null || !Path.of(text).isAbsolute() ? null : Path.of(text);
    } catch (InvalidPathException invalid) {
      return null;
    }
  }
}
