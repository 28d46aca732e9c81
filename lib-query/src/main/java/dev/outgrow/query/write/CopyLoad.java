package dev.outgrow.query.write;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Many rows into PostgreSQL: by COPY into a temporary table, and from there in one statement.
 *
 * <p>The statement takes the rows as they lie, which is in the order they were sent: COPY fills a
 * new table from its first page to its last, and of a temporary table neither a parallel nor a
 * synchronized scan is ever made. Sorting them once more would cost a tenth of the whole.
 */
final class CopyLoad {
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final int BUFFER_CHARACTERS = 1 << 16;

  private final DSLContext ctx;
  private final Connection connection;
  private final Table<?> target;
  private final List<Field<?>> columns;
  private final Name name =
      DSL.name("pg_temp", "outgrow_load_" + Long.toString(NUMBER.incrementAndGet()));

  CopyLoad(DSLContext ctx, Connection connection, Table<?> target, List<Field<?>> columns) {
    this.ctx = ctx;
    this.connection = connection;
    this.target = target;
    this.columns = columns;
  }

  /** Looks at single values only where their type does not tell. */
  static boolean canTake(List<Field<?>> columns, List<Record> rows) {
    return columns.stream()
        .allMatch(
            column ->
                CopyText.isPlain(column)
                    && (CopyText.canWriteAll(column)
                        || rows.stream().allMatch(row -> canWrite(column, row))));
  }

  private static boolean canWrite(Field<?> column, Record row) {
    return CopyText.canWrite(CopyText.databaseValue(column, row.get(column)));
  }

  int load(List<Record> rows, BulkStatement statement) throws SQLException {
    ctx.execute(
        "create temporary table {0} on commit drop as" + " select {1} from {2} with no data",
        name, DSL.list(columns), target);
    copy(rows);
    int written = ctx.execute(statement.insertFrom(DSL.select(loaded()).from(DSL.table(name))));
    ctx.dropTemporaryTable(DSL.table(name)).execute();
    return written;
  }

  private List<Field<?>> loaded() {
    List<Field<?>> fields = new ArrayList<>();
    for (Field<?> column : columns) {
      fields.add(DSL.field(DSL.name(column.getName()), column.getDataType()));
    }
    return fields;
  }

  private void copy(List<Record> rows) throws SQLException {
    String sql = ctx.render(DSL.sql("copy {0} from stdin", name));
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      StringBuilder text = new StringBuilder(BUFFER_CHARACTERS);
      for (Record row : rows) {
        append(text, row);
        if (text.length() >= BUFFER_CHARACTERS) {
          flush(copy, text);
        }
      }
      flush(copy, text);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void append(StringBuilder text, Record row) {
    for (Field<?> column : columns) {
      CopyText.append(text, CopyText.databaseValue(column, row.get(column)));
      text.append('\t');
    }
    text.setCharAt(text.length() - 1, '\n');
  }

  private static void flush(CopyIn copy, StringBuilder text) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
  }
}
