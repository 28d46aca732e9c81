package dev.outgrow.importer.translate;

import java.util.ArrayList;
import java.util.List;

/** Order as in SQLite: NULL first, then numbers, texts byte by byte or by their collation. */
final class Orders {
  private Orders() {}

  static String written(List<Query.Order> order, ExpressionTranslator translator)
      throws RefusedException {
    List<String> parts = new ArrayList<>();
    for (Query.Order part : order) {
      String key = key(translator.translate(part.expression()), part.expression().at());
      parts.add(key + direction(part));
    }
    return String.join(", ", parts);
  }

  /** PostgreSQL takes NULL for the largest value, SQLite for the smallest. */
  static String direction(Query.Order part) {
    String nulls = part.nulls().isEmpty() ? (part.descending() ? "LAST" : "FIRST") : part.nulls();
    return (part.descending() ? " DESC" : "") + " NULLS " + nulls;
  }

  /** Returns what orders or groups by a value. */
  static String key(Typed value, int at) throws RefusedException {
    if (!value.kind().isKnown()) {
      throw new RefusedException("an order or a group by the type " + value.type(), at);
    }
    if (value.literal() != null) {
      return value.sql() + (value.kind() == Kind.INTEGER ? "::bigint" : ""); // no ordinal
    }
    return value.kind() == Kind.TEXT
        ? Collations.key(value.sql(), Collations.orBinary(value.collation()), at)
        : value.sql();
  }
}
