package dev.outgrow.importer.sqlite;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceView;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.View;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * Looks at views. What a view answers is computed, and a view can be made that never comes to an
 * end: so SQLite does a bounded number of its own instructions for each, and makes no value of more
 * than 64 MiB.
 */
final class ViewReader {
  private static final int INSTRUCTIONS = 100_000;

  /** 50 million instructions: one to five seconds. */
  private static final int MOST_FOR_ONE = 500;

  private static final int MOST_FOR_ALL = 10 * MOST_FOR_ONE;

  private static final int LARGEST_VALUE = 64 << 20;
  private static final Set<SQLiteErrorCode> TOO_MUCH =
      EnumSet.of(SQLiteErrorCode.SQLITE_INTERRUPT, SQLiteErrorCode.SQLITE_TOOBIG);

  private final Path file;
  private final SQLiteConnection connection;
  private final TextEncoding encoding;
  private int left = MOST_FOR_ALL;

  ViewReader(Path file, SQLiteConnection connection, TextEncoding encoding) {
    this.file = file;
    this.connection = connection;
    this.encoding = encoding;
  }

  /** Returns a view with its columns, or with why SQLite cannot tell them. */
  SourceView describe(View view) {
    String sql = "SELECT name FROM pragma_table_xinfo(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, view.name());
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
      String why = columns.isEmpty() ? "it has no columns" : "";
      return new SourceView(view.name(), view.sql(), columns, why);
    } catch (SQLException e) {
      return new SourceView(view.name(), view.sql(), List.of(), SqliteFailures.ownWords(e));
    }
  }

  /** Works with a view's rows; returns nothing if SQLite would have to do too much for them. */
  <T> Optional<T> rows(String name, List<String> columns, Function<RowCursor, T> work) {
    try {
      ProgressHandler.setHandler(connection, INSTRUCTIONS, new Bound());
      connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LARGEST_VALUE);
      try (RowCursor cursor =
          SqliteRowCursor.open(
              file,
              connection,
              TableAccess.of(table(name, columns), false, Long.MAX_VALUE),
              encoding)) {
        return Optional.of(work.apply(cursor));
      } finally {
        connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, Integer.MAX_VALUE);
        ProgressHandler.clearHandler(connection);
      }
    } catch (SourceFileException e) {
      if (isTooMuch(e)) {
        return Optional.empty();
      }
      throw e;
    } catch (SQLException e) {
      throw SqliteFailures.translate(file, "view " + name + " was read", e);
    }
  }

  private static boolean isTooMuch(SourceFileException e) {
    return e.getCause() instanceof SQLiteException sqlite
        && TOO_MUCH.contains(sqlite.getResultCode());
  }

  private static Table table(String name, List<String> columns) {
    return new Table(
        name,
        columns.stream()
            .map(c -> new Column(c, "", true, null, Identity.NONE, null, null))
            .toList(),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** Ends the statement when it has done enough. */
  private final class Bound extends ProgressHandler {
    private int done;

    @Override
    protected int progress() {
      left--;
      return ++done > MOST_FOR_ONE || left < 0 ? 1 : 0;
    }
  }
}
