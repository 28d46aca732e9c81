package dev.outgrow.examples.wizard;

import dev.outgrow.database.Backend;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.BadRows;
import dev.outgrow.importer.Orphans;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small file beside a SQLite file that the application has moved away from, {@code app.db.moved}:
 * it says where to, so that a restart goes on there, and never writes to the former file unseen. It
 * holds the password, and can be read by the application's user alone.
 *
 * <p>What was decided of the rows on the way is kept in it, so that both sides can be compared on
 * the way back. It may lead to another SQLite file, which was made on the way back.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Signpost {
  private static final String ENDING = ".moved";
  private static final String URL = "url";
  private static final String PASSWORD = "password"; // in those of before the URL was whole
  private static final String ORPHANS = "orphans";
  private static final String BAD_ROWS = "bad-rows";

  private final Path sqlite;
  private final Path file;

  private Signpost(Path sqlite, Path file) {
    this.sqlite = sqlite;
    this.file = file;
  }

  /** Names the one beside a SQLite file, whether it is there or not. */
  public static Signpost beside(Path sqlite) {
    Path whole = sqlite.toAbsolutePath();
    return new Signpost(whole, whole.resolveSibling(whole.getFileName() + ENDING));
  }

  /**
   * Returns the last one on the way from a SQLite file: that beside it, unless it leads to another
   * SQLite file, and so on.
   *
   * @throws Refusal if one cannot be read, they lead round in a circle, or to a file that is gone
   */
  public static Signpost last(Path sqlite) {
    Signpost at = beside(sqlite);
    Set<Path> passed = new HashSet<>();
    while (passed.add(at.file)) {
      Optional<Path> next = at.leadsTo().flatMap(DatabaseUrl::file);
      if (next.isEmpty()) {
        return at;
      }
      at = beside(at.requireThere(next.get()));
    }
    throw new Refusal(
        at.file + " leads back to where it stands.",
        "Delete it, if the application is to go on in " + at.sqlite + ".");
  }

  /** Opening it would make it, and the application would begin anew in an empty one. */
  private Path requireThere(Path next) {
    if (!Files.exists(next)) {
      throw new Refusal(
          file + " says that the application goes on in " + next + ", which is not there.",
          "Put that file back; or delete " + file + " to go on in " + sqlite + ".");
    }
    return next;
  }

  /** Returns the SQLite file that it stands beside. */
  public Path sqlite() {
    return sqlite;
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
    return read().map(this::url);
  }

  private DatabaseUrl url(Properties lines) {
    String written = lines.getProperty(URL);
    if (written == null) {
      throw unread(null);
    }
    DatabaseUrl url = DatabaseUrl.parse(written);
    return url.backend() == Backend.SQLITE
        ? url
        : Aim.of(written, lines.getProperty(PASSWORD, "")).required();
  }

  /** Returns what was decided of the rows on the way; the defaults where it does not say. */
  Choices decided() {
    Properties lines = read().orElseGet(Properties::new);
    return new Choices(
        Set.of(),
        Orphans.ofWord(lines.getProperty(ORPHANS, "")).orElse(Choices.FIRST.orphans()),
        BadRows.ofWord(lines.getProperty(BAD_ROWS, "")).orElse(Choices.FIRST.badRows()),
        Set.of());
  }

  private Optional<Properties> read() {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      lines.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw unread(e);
    }
    return Optional.of(lines);
  }

  private Refusal unread(@Nullable Exception cause) {
    return new Refusal(
        file + " says where the application has moved to, and cannot be read.",
        "Set DATABASE_URL to that database; or delete the file if the SQLite file is the one to go"
            + " on with.",
        cause);
  }

  /** Leads to PostgreSQL; it is written whole or not at all. */
  void lead(Aim aim, Choices decided) {
    Properties lines = new Properties();
    lines.setProperty(URL, aim.required().withSecrets());
    lines.setProperty(ORPHANS, decided.orphans().word());
    lines.setProperty(BAD_ROWS, decided.badRows().word());
    write(lines);
  }

  /** Leads to another SQLite file; it is written whole or not at all. */
  void lead(Path other) {
    Properties lines = new Properties();
    lines.setProperty(URL, DatabaseUrl.sqlite(other).toString());
    write(lines);
  }

  private void write(Properties lines) {
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
