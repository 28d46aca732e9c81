package dev.outgrow.examples.media;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.error.StatementException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Year;
import java.util.List;

/**
 * Makes the SQLite file of a media server after one year: users, libraries, items with thumbnails,
 * 200,000 sessions and what belongs to them.
 *
 * <p>It is as such files are: sessions of users and items that were deleted since, times as seconds
 * of the epoch, text in a column that says INTEGER, titles in many scripts. Equal numbers of
 * sessions give equal rows, on every machine.
 *
 * <p>On failure the file is deleted.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class MediaHistory {
  /** The number of sessions of the demonstration: 200,000. */
  public static final int SESSIONS = 200_000;

  /** The year the sessions are of, in UTC: 2025. */
  public static final Year YEAR = Year.of(2025);

  private static final int MOST_SESSIONS = 20_000_000;

  /** What the chains make of it today is what such files had before there were migrations. */
  private static final List<String> TABLES =
      List.of(
          "/db/media/core/sqlite/V1__users_and_libraries.sql",
          "/db/media/core/sqlite/V2__items_and_sessions.sql",
          "/db/media/notifications/sqlite/V1__notifiers_and_logs.sql",
          "/db/media/core/V3__settings.sql");

  private static final List<String> INDEXES =
      List.of("/db/media/core/V4__indexes.sql", "/db/media/notifications/V2__log_index.sql");

  private MediaHistory() {}

  /**
   * Writes a new file.
   *
   * @param file where to; nothing may be there yet
   * @param sessions how many sessions, 1 to 20,000,000
   * @throws ConfigurationException if {@code sessions} is out of range
   * @throws SourceFileException if something is there already or the file cannot be made
   * @throws StatementException if SQLite refuses to write
   */
  public static void write(Path file, int sessions) {
    if (sessions < 1 || sessions > MOST_SESSIONS) {
      throw new ConfigurationException(
          "sessions", Integer.toString(sessions), "1 to " + MOST_SESSIONS);
    }
    claim(file);
    boolean written = false;
    try {
      fill(file, sessions);
      written = true;
    } catch (SQLException e) {
      throw new StatementException(
          "SQLite refused to write " + file + ": " + e.getMessage() + ".",
          "See that the disk has room.",
          null,
          e);
    } finally {
      if (!written) {
        discard(file);
      }
    }
  }

  /** Makes the file, and so fails where there is one: a history is never overwritten. */
  private static void claim(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      boolean there = Files.exists(file);
      throw new SourceFileException(
          file,
          there ? file + " is there already." : file + " cannot be made.",
          there ? "Name a new file, or delete it." : "Name a file in a folder that can be written.",
          e);
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new SourceFileException(
          file, file + " is incomplete and cannot be deleted.", "Delete it.", e);
    }
  }

  private static void fill(Path file, int sessions) throws SQLException {
    // As a URI, since a question mark in a plain path would begin the driver's options.
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file.toUri())) {
      // The file is of use only when it is complete, so nothing is spent on surviving a crash.
      run(sqlite, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
      sqlite.setAutoCommit(false);
      for (String script : TABLES) {
        run(sqlite, resource(script));
      }
      Household household = Household.write(sqlite);
      Shelf shelf = Shelf.write(sqlite, 400 + sessions / 100);
      Viewings.write(sqlite, household, shelf, sessions);
      household.forgetTheDeparted(sqlite);
      shelf.forgetTheWithdrawn(sqlite);
      for (String script : INDEXES) { // behind the rows: that is faster than keeping them up
        run(sqlite, resource(script));
      }
      sqlite.commit();
    }
  }

  private static void run(Connection sqlite, String script) throws SQLException {
    try (Statement statement = sqlite.createStatement()) {
      for (String part : script.split(";\\s*(\\n|$)|; (?=PRAGMA)", -1)) {
        if (!part.isBlank()) {
          statement.execute(part);
        }
      }
    }
  }

  static String resource(String name) {
    try (var in = MediaHistory.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The resource " + name + " cannot be read", e);
    }
  }
}
