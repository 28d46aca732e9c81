package dev.outgrow.importer.file;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.Utf8;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes rows as they are stored. Text goes in as its bytes where the target keeps UTF-8, so that
 * nothing is decoded on its way; a statement says beforehand which values are text, and there is
 * one for each pattern of them. Used by one thread.
 */
final class RowWriter implements AutoCloseable {
  private static final int MOST_STATEMENTS = 32;

  private final Connection connection;
  private final StoredTable table;
  private final boolean bytes;
  private final boolean checked;
  private final Map<BitSet, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);
  private final BitSet texts = new BitSet();
  private PreparedStatement statement;

  /**
   * Begins to write into a table.
   *
   * @param connection the target's
   * @param table the table
   * @param utf8 whether the target keeps text in UTF-8
   * @param sameText whether the source does, too, so that text that is not valid can stay as it is
   */
  RowWriter(Connection connection, StoredTable table, boolean utf8, boolean sameText)
      throws SQLException {
    this.connection = connection;
    this.table = table;
    this.bytes = utf8;
    this.checked = !(utf8 && sameText);
    this.statement = statement();
  }

  /** Writes a row. */
  void write(SourceRow row) throws SQLException {
    if (bytes && changesPattern(row)) {
      statement = statement();
    }
    for (int i = 0; i < table.written().size(); i++) {
      bind(row, i);
    }
    statement.execute();
  }

  private void bind(SourceRow row, int column) throws SQLException {
    switch (row.storageClass(column)) {
      case NULL -> statement.setNull(column + 1, Types.NULL);
      case INTEGER -> statement.setLong(column + 1, row.integer(column));
      case REAL -> statement.setDouble(column + 1, row.real(column));
      case BLOB -> statement.setBytes(column + 1, row.bytes(column));
      case TEXT -> text(row, column);
    }
  }

  private void text(SourceRow row, int column) throws SQLException {
    byte[] utf8 = row.bytes(column);
    if (checked && !isValid(utf8)) {
      throw new ValueException(
          table.name(),
          table.written().get(column),
          row.key(),
          "the text is not valid, and the two files keep text in different encodings",
          "Mend the value, or carry the file into one with the same \"PRAGMA encoding\".");
    }
    if (bytes) {
      statement.setBytes(column + 1, utf8);
    } else {
      statement.setString(column + 1, new String(utf8, StandardCharsets.UTF_8));
    }
  }

  /** To others a NUL is a fault in a text. */
  private static boolean isValid(byte[] utf8) {
    int fault = Utf8.firstFault(utf8);
    while (fault >= 0 && utf8[fault] == 0) {
      fault = Utf8.firstFault(utf8, fault + 1);
    }
    return fault < 0;
  }

  /** A null fits either pattern. */
  private boolean changesPattern(SourceRow row) {
    boolean changes = false;
    for (int i = 0; i < table.written().size(); i++) {
      StorageClass stored = row.storageClass(i);
      if (stored != StorageClass.NULL && (stored == StorageClass.TEXT) != texts.get(i)) {
        texts.flip(i);
        changes = true;
      }
    }
    return changes;
  }

  private PreparedStatement statement() throws SQLException {
    PreparedStatement known = statements.get(texts);
    if (known == null) {
      known = connection.prepareStatement(table.insertSql(texts));
      statements.put((BitSet) texts.clone(), known);
      closeOldest();
    }
    return known;
  }

  private void closeOldest() throws SQLException {
    if (statements.size() > MOST_STATEMENTS) {
      BitSet oldest = statements.keySet().iterator().next();
      PreparedStatement closed = statements.remove(oldest);
      if (closed != null) {
        closed.close();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement each : statements.values()) {
      each.close();
    }
  }
}
