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
import org.jooq.impl.SQLDataType;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Many rows into PostgreSQL: by COPY into a temporary table, and from there in one statement. */
final class CopyLoad {
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final int BUFFER_CHARACTERS = 1 << 16;
  private static final Field<Long> ROW = DSL.field(DSL.name("outgrow_row"), SQLDataType.BIGINT);

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

  static boolean canTake(List<Field<?>> columns, List<Record> rows) {
    if (!columns.stream().allMatch(CopyText::isPlain)) {
      return false;
    }
    for (Record row : rows) {
      for (Field<?> column : columns) {
        if (!CopyText.canWrite(CopyText.databaseValue(column, row.get(column)))) {
          return false;
        }
      }
    }
    return true;
  }

  int load(List<Record> rows, BulkStatement statement) throws SQLException {
    ctx.execute(
        "create temporary table {0} on commit drop as"
            + " select cast(0 as bigint) as {1}, {2} from {3} with no data",
        name, DSL.name("outgrow_row"), DSL.list(columns), target);
    copy(rows);
    int written =
        ctx.execute(statement.insertFrom(DSL.select(loaded()).from(DSL.table(name)).orderBy(ROW)));
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
      for (int i = 0; i < rows.size(); i++) {
        append(text, i, rows.get(i));
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

  private void append(StringBuilder text, int number, Record row) {
    text.append(number);
    for (Field<?> column : columns) {
      text.append('\t');
      CopyText.append(text, CopyText.databaseValue(column, row.get(column)));
    }
    text.append('\n');
  }

  private static void flush(CopyIn copy, StringBuilder text) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
  }
}
