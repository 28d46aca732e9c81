package dev.outgrow.examples.wizard;

import dev.outgrow.database.DatabaseUrl;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;

/**
 * A small file beside a SQLite file that the application has moved away from, {@code app.db.moved}:
 * it says where to, so that a restart goes on there, and never writes to the former file unseen. It
 * holds the password, and can be read by the application's user alone.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Signpost {
  private static final String ENDING = ".moved";
  private static final String URL = "url";
  private static final String PASSWORD = "password";

  private final Path file;

  private Signpost(Path file) {
    this.file = file;
  }

  /** Names the one beside a SQLite file, whether it is there or not. */
  public static Signpost beside(Path sqlite) {
    Path whole = sqlite.toAbsolutePath();
    return new Signpost(whole.resolveSibling(whole.getFileName() + ENDING));
  }

  /** Returns where it is. */
  public Path file() {
    return file;
  }

  /**
   * Returns where it leads; empty if there is none.
   *
   * @throws Refusal if it cannot be read
   */
  public Optional<DatabaseUrl> leadsTo() {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      lines.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw unread(e);
    }
    if (lines.getProperty(URL) == null) {
      throw unread(null);
    }
    return Optional.of(new Aim(lines.getProperty(URL), lines.getProperty(PASSWORD, "")).parse());
  }

  private Refusal unread(@org.jspecify.annotations.Nullable Exception cause) {
    return new Refusal(
        file + " says where the application has moved to, and cannot be read.",
        "Set DATABASE_URL to that database; or delete the file if the SQLite file is the one to go"
            + " on with.",
        cause);
  }

  /** Writes it, whole or not at all. */
  void lead(Aim aim) {
    Properties lines = new Properties();
    lines.setProperty(URL, aim.url());
    lines.setProperty(PASSWORD, aim.password());
    StringWriter text = new StringWriter();
    try {
      lines.store(text, "The application has moved. It goes on in this database:");
      var owner = PosixFilePermissions.fromString("rw-------");
      Path draft =
          Files.createTempFile(
              file.getParent(), ".moved", "", PosixFilePermissions.asFileAttribute(owner));
      Files.writeString(draft, text.toString());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Refusal(
          file + " cannot be written, so that a restart would not know of the move.",
          "Let the application's user write to the folder of the SQLite file, and try again.",
          e);
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new Refusal(
          file + " cannot be deleted, so that a restart would go on in PostgreSQL.",
          "Let the application's user write to that folder, and try again.",
          e);
    }
  }
}
