package dev.outgrow.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.source.RowCursor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a file by its pages and by SQLite's library at once: both have to tell the same. */
public final class BothReaders {
  private static final String FAILURE = "failure";
  private static final String END = "end";

  private final Path file;
  private final String what;
  private boolean failed;

  private BothReaders(Path file, String what) {
    this.file = file;
    this.what = what;
  }

  /**
   * Compares every row of every table, up to where both end, or fail.
   *
   * @param what the file, should they differ
   * @return whether both failed somewhere
   */
  public static boolean agree(Path file, String what) {
    BothReaders readers = new BothReaders(file, what);
    readers.compare();
    return readers.failed;
  }

  private void compare() {
    Optional<SqliteSource> pages = open(true);
    Optional<SqliteSource> library = open(false);
    try {
      assertThat(pages.isPresent()).as(what).isEqualTo(library.isPresent());
      failed = pages.isEmpty();
      if (pages.isPresent() && library.isPresent()) {
        compare(pages.get(), library.get());
      }
    } finally {
      pages.ifPresent(SqliteSource::close);
      library.ifPresent(SqliteSource::close);
    }
  }

  private Optional<SqliteSource> open(boolean byPages) {
    try {
      return Optional.of(byPages ? SqliteSource.open(file) : SqliteSource.openForSqlite(file));
    } catch (OutgrowException e) {
      return Optional.empty();
    }
  }

  private void compare(SqliteSource pages, SqliteSource library) {
    List<String> tables = tables(pages);
    assertThat(tables).as(what).isEqualTo(tables(library));
    failed = tables.equals(List.of(FAILURE));
    for (String table : failed ? List.<String>of() : tables) {
      compare(table, pages, library);
    }
  }

  private static List<String> tables(SqliteSource source) {
    try {
      return source.contents().tables();
    } catch (OutgrowException e) {
      return List.of(FAILURE);
    }
  }

  private void compare(String table, SqliteSource pages, SqliteSource library) {
    RowCursor one = rows(pages, table);
    RowCursor other = rows(library, table);
    try {
      long rows = 0;
      String next;
      do {
        next = next(one);
        assertThat(next)
            .as("%s, table %s behind %d rows", what, table, rows)
            .isEqualTo(next(other));
        rows++;
      } while (!next.equals(END) && !next.equals(FAILURE));
      failed |= next.equals(FAILURE);
    } finally {
      close(one);
      close(other);
    }
  }

  private static @Nullable RowCursor rows(SqliteSource source, String table) {
    try {
      return source.rows(table);
    } catch (OutgrowException e) {
      return null;
    }
  }

  private static String next(@Nullable RowCursor cursor) {
    try {
      return cursor == null ? FAILURE : cursor.next() ? RowText.of(cursor.row()) : END;
    } catch (OutgrowException e) {
      return FAILURE;
    }
  }

  private static void close(@Nullable RowCursor cursor) {
    if (cursor != null) {
      cursor.close();
    }
  }
}
