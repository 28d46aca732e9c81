package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.disk.Disk;
import dev.outgrow.error.SourceFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a SQLite file as it is, beside it, before something is done that cannot be taken back by
 * hand: {@code app.db.before-migrate-core-12-20261121T093000123Z}. It is for the user alone, never
 * overwrites anything, and has its name once it is whole and on the disk. Whoever makes one holds
 * the lock.
 */
final class BackupCopy {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String STAMPED = "\\d{8}T\\d{9}Z";
  private static final String BEFORE = ".before-";
  private static final String UNFINISHED = ".unfinished";

  private final Database database;
  private final int kept;
  private final Room room;

  /** Says how many bytes there is room for in a folder. */
  @FunctionalInterface
  interface Room {
    long in(Path folder) throws IOException;
  }

  BackupCopy(ChainSet set) {
    this(set.database(), set.settings().backups(), f -> Files.getFileStore(f).getUsableSpace());
  }

  BackupCopy(Database database, int kept, Room room) {
    this.database = database;
    this.kept = kept;
    this.room = room;
  }

  /**
   * Makes a copy; none on PostgreSQL, or where none is wanted.
   *
   * @param label what is about to be done, for its name: letters, digits, points and hyphens
   * @throws SourceFileException if there is no room for it, or it cannot be written: then nothing
   *     was changed
   */
  Optional<Path> take(String label) {
    Path file = database.url().file().orElse(null);
    if (file == null || kept == 0) {
      return Optional.empty();
    }
    Path source = file.toAbsolutePath();
    Path copy = freeName(source, label);
    Path unfinished = copy.resolveSibling(copy.getFileName() + UNFINISHED);
    try {
      removeUnfinished(source);
      write(source, unfinished);
      Files.move(unfinished, copy);
      Disk.sync(folder(source));
      LOG.info("Copied {} as it is to {}", source, copy);
      removeOldest(source);
      return Optional.of(copy);
    } catch (IOException failure) {
      throw failed(source, copy, failure.toString(), failure);
    }
  }

  private static Path freeName(Path source, String label) {
    Instant now = Instant.now();
    for (; ; now = now.plusMillis(1)) {
      Path copy =
          source.resolveSibling(source.getFileName() + BEFORE + label + "-" + STAMP.format(now));
      if (!Files.exists(copy)) {
        return copy;
      }
    }
  }

  private void write(Path source, Path unfinished) throws IOException {
    try (Connection connection = database.ownConnection()) {
      requireRoom(source, connection);
      Disk.createFile(unfinished); // SQLite fills an empty file
      try {
        copy(connection, unfinished);
        Disk.sync(unfinished); // which SQLite leaves to us
      } catch (SQLException | IOException | RuntimeException failure) {
        removeAfter(failure, unfinished);
        throw failure;
      }
    } catch (SQLException failure) {
      throw failed(source, unfinished, SqlFailures.translate(failure, "Copying").what(), failure);
    }
  }

  private static void copy(Connection connection, Path to) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, to.toString());
      statement.execute();
    }
  }

  private void requireRoom(Path source, Connection connection) throws SQLException, IOException {
    Path folder = folder(source);
    long needed = number(connection, "page_count") * number(connection, "page_size");
    long free = room.in(folder);
    if (free < needed) {
      throw new SourceFileException(
          source,
          "A copy of "
              + source
              + " is made before it is changed, and may need "
              + needed
              + " bytes; in "
              + folder
              + " there is room for "
              + free
              + ".",
          "Make room, or do without the copy (backups 0); nothing was changed.",
          null);
    }
  }

  private static long number(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Path folder(Path absolute) {
    return Objects.requireNonNull(absolute.getParent());
  }

  /** What a program that was killed has left; the lock says that nobody is writing it. */
  private static void removeUnfinished(Path source) throws IOException {
    for (Path file : copies(source, Pattern.quote(UNFINISHED))) {
      Files.delete(file);
    }
  }

  /** One copy too many is no reason to leave undone what the new one was made for. */
  private void removeOldest(Path source) {
    try {
      List<Path> copies = copies(source, "");
      for (Path file : copies.subList(0, Math.max(0, copies.size() - kept))) {
        Files.delete(file);
        LOG.info("Deleted {}, as {} newer copies are kept", file, kept);
      }
    } catch (IOException failure) {
      LOG.warn("Older copies of {} could not be deleted: {}", source, failure.toString());
    }
  }

  /** Returns the copies of a file, the oldest first. */
  private static List<Path> copies(Path source, String ending) throws IOException {
    Pattern name =
        Pattern.compile(
            Pattern.quote(source.getFileName() + BEFORE)
                + "(?:migrate|undo|uninstall|reset)\\b[a-zA-Z0-9_.-]*-"
                + STAMPED
                + ending);
    int length = ending.isEmpty() ? 0 : UNFINISHED.length();
    try (Stream<Path> files = Files.list(folder(source))) {
      return files
          .filter(file -> name.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing(file -> stamp(file, length)))
          .toList();
    }
  }

  private static String stamp(Path copy, int ending) {
    String name = copy.getFileName().toString();
    return name.substring(name.lastIndexOf('-') + 1, name.length() - ending);
  }

  private static void removeAfter(Throwable failure, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  private static SourceFileException failed(Path source, Path copy, String why, Exception cause) {
    return new SourceFileException(
        source,
        "The copy "
            + copy
            + " that is made before the file is changed could not be written: "
            + (why.endsWith(".") ? why : why + "."),
        "Mend that, or do without the copy (backups 0); nothing was changed.",
        cause);
  }
}
