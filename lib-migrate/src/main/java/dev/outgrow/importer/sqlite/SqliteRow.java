package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.source.CellStream;
import dev.outgrow.importer.source.KeyText;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * The row a statement stands on, taken straight from SQLite's column functions. JDBC's getters are
 * not used: they turn text into 0 where a number is asked for, and invalid UTF-8 into U+FFFD.
 */
final class SqliteRow implements SourceRow {
  private static final StorageClass[] BY_CODE = {
    StorageClass.NULL,
    StorageClass.INTEGER,
    StorageClass.REAL,
    StorageClass.TEXT,
    StorageClass.BLOB,
    StorageClass.NULL
  };
  private static final byte[] NO_BYTES = {};

  private final Path file;
  private final DB database;
  private final long statement;
  private final TableAccess access;
  private final TextEncoding encoding;
  private final StorageClass[] classes;
  private final byte[] @Nullable [] bytes;
  private final @Nullable LargeCells large;
  private final ReadLimit limit;
  private long held;

  SqliteRow(
      Path file,
      DB database,
      long statement,
      TableAccess access,
      TextEncoding encoding,
      @Nullable LargeCells large,
      ReadLimit limit) {
    this.file = file;
    this.database = database;
    this.statement = statement;
    this.access = access;
    this.encoding = encoding;
    int selected = access.selectedColumns();
    this.classes = new StorageClass[selected];
    this.bytes = new byte[selected][];
    this.large = large;
    this.limit = limit;
    Arrays.fill(classes, StorageClass.NULL);
  }

  /** Returns SQLite's own handle of a statement, good until the statement is closed. */
  static long pointer(PreparedStatement statement) throws SQLException {
    return ((CoreStatement) statement).pointer.safeRunLong((db, pointer) -> pointer);
  }

  /** Takes the storage classes of the row the statement now stands on. */
  void load() throws SQLException {
    held = 0;
    for (int i = 0; i < classes.length; i++) {
      classes[i] = BY_CODE[database.column_type(statement, i)];
      bytes[i] = null;
    }
    if (large != null) {
      loadLarge(large);
    }
  }

  private void loadLarge(LargeCells cells) throws SQLException {
    cells.load(statement);
    for (int i = 0; i < classes.length; i++) {
      StorageClass stored = cells.storageClass(i);
      classes[i] = stored == null ? classes[i] : stored;
    }
  }

  @Override
  public int columns() {
    return access.table().columns().size();
  }

  @Override
  public StorageClass storageClass(int column) {
    return classes[column];
  }

  @Override
  public long integer(int column) {
    try {
      return database.column_long(statement, column);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public double real(int column) {
    try {
      return database.column_double(statement, column);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean isLarge(int column) {
    return large != null && large.storageClass(column) != null;
  }

  @Override
  public long length(int column) {
    return large != null && isLarge(column) ? large.length(column) : bytes(column).length;
  }

  @Override
  public CellStream stream(int column) {
    return large != null && isLarge(column) ? large.stream(column) : CellStream.of(bytes(column));
  }

  @Override
  public byte[] bytes(int column) {
    if (large != null && isLarge(column)) {
      try (CellStream stream = large.stream(column)) {
        return stream.readAllBytes();
      }
    }
    byte[] known = bytes[column];
    if (known == null) {
      known = read(column);
      bytes[column] = known;
      held += known.length;
      limit.read(held);
    }
    return known;
  }

  @Override
  public String key() {
    List<Integer> positions = access.keyPositions();
    return KeyText.of(
        access.keyNames(), positions.stream().map(p -> KeyText.cell(this, p)).toList());
  }

  private byte[] read(int column) {
    try {
      byte[] stored = database.column_blob(statement, column);
      if (stored == null) {
        return NO_BYTES;
      }
      return classes[column] == StorageClass.TEXT ? encoding.toUtf8(stored) : stored;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private RuntimeException failure(SQLException e) {
    return SqliteFailures.translate(file, "table " + access.table().name() + " was read", e);
  }
}
