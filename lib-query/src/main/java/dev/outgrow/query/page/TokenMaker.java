package dev.outgrow.query.page;

import dev.outgrow.query.internal.SortKey;
import java.util.List;
import org.jooq.Record;
import org.jooq.SQLDialect;

/** Makes the tokens of one page. */
final class TokenMaker {
  private final TokenKeys tokenKeys;
  private final byte[] binding;
  private final KeyFields fields;

  TokenMaker(TokenKeys tokenKeys, byte[] binding, List<SortKey> keys, SQLDialect dialect) {
    this.tokenKeys = tokenKeys;
    this.binding = binding;
    this.fields = new KeyFields(keys, dialect);
  }

  String after(List<Record> rows, int offset, Position position) {
    return rows.isEmpty()
        ? write(position.back())
        : at(Position.Side.AFTER, rows.get(rows.size() - 1), offset);
  }

  String before(List<Record> rows, int offset, Position position) {
    return rows.isEmpty() ? write(position.back()) : at(Position.Side.BEFORE, rows.get(0), offset);
  }

  private String at(Position.Side side, Record row, int offset) {
    return write(new Position(side, fields.values(row, offset)));
  }

  private String write(Position position) {
    return Token.write(tokenKeys, binding, position);
  }
}
