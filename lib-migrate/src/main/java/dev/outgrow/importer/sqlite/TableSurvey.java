package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.Trait;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Looks at the rows of one table: every cell's storage class, its last id. Used once. */
final class TableSurvey {
  private final Path file;
  private final SqliteTable source;
  private final int identity;
  private final ProfileBuilder[] builders;
  private long rows;
  private long lastId;
  private long mostBytes = Long.MAX_VALUE;

  /**
   * Prepares a look.
   *
   * @param file the file
   * @param source the table
   * @param identity the position of the column that is another name for the rowid, or -1
   * @param traits what to look for in each column
   */
  TableSurvey(Path file, SqliteTable source, int identity, List<Set<Trait>> traits) {
    this.file = file;
    this.source = source;
    this.identity = identity;
    this.builders = traits.stream().map(ProfileBuilder::new).toArray(ProfileBuilder[]::new);
  }

  /** Looks at one row more. */
  void see(SourceRow row) {
    if (mostBytes < Long.MAX_VALUE) {
      refuseIfLarger(row);
    }
    for (int i = 0; i < builders.length; i++) {
      builders[i].add(row, i);
    }
    if (identity >= 0) {
      lastId = Math.max(lastId, row.integer(identity));
    }
    rows++;
  }

  long rows() {
    return rows;
  }

  /** Returns the largest id that was seen; 0 if there is none. */
  long lastId() {
    return lastId;
  }

  List<ColumnProfile> profiles() {
    return Arrays.stream(builders).map(ProfileBuilder::build).toList();
  }

  /** Has the look end with the first row that holds more text and blobs. */
  void refuseRowsLargerThan(long bytes) {
    mostBytes = bytes;
  }

  private void refuseIfLarger(SourceRow row) {
    long bytes = 0;
    for (int i = 0; i < row.columns(); i++) {
      StorageClass stored = row.storageClass(i);
      if (stored == StorageClass.TEXT || stored == StorageClass.BLOB) {
        bytes += row.length(i);
      }
    }
    if (bytes > mostBytes) {
      throw new SourceFileException(
          file,
          "Table "
              + source.name()
              + ", row "
              + row.key()
              + " has "
              + bytes
              + " bytes of text and blobs; this import carries rows of at most "
              + mostBytes
              + ".",
          "Allow larger rows (largestRow), where that is less than 1,072,693,248, the most that"
              + " PostgreSQL holds; otherwise shorten or split the value in a copy of the file.",
          null);
    }
  }
}
