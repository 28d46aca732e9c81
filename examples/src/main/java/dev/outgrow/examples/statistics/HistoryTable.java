package dev.outgrow.examples.statistics;

import static media.db.core.Tables.ITEMS;
import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.USERS;

import dev.outgrow.query.PerBackend;
import dev.outgrow.query.table.Search;
import dev.outgrow.query.table.ServerTable;
import media.db.core.tables.Items;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * The sessions as a table whose pages, order and search a browser asks for.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class HistoryTable {
  /** The most rows that one page can have: 100. */
  public static final int MOST_ROWS = 100;

  private HistoryTable() {}

  /**
   * Returns the table: {@code started} and {@code seconds} as numbers, {@code user}, {@code title},
   * {@code kind}, {@code platform}, {@code player}, {@code percent}.
   */
  public static ServerTable table() {
    Items parent = ITEMS.as("parent");
    Items above = ITEMS.as("above");
    return ServerTable.from(
            SESSIONS
                .leftJoin(USERS)
                .on(USERS.ID.eq(SESSIONS.USER_ID))
                .leftJoin(ITEMS)
                .on(ITEMS.ID.eq(SESSIONS.ITEM_ID))
                .leftJoin(parent)
                .on(parent.ID.eq(ITEMS.PARENT_ID))
                .leftJoin(above)
                .on(above.ID.eq(parent.PARENT_ID)))
        .column("started", SESSIONS.STARTED, Search.RANGE)
        .column("user", byCodePoint(SessionFields.nameOf(USERS)), Search.CONTAINS)
        .column("title", byCodePoint(SessionFields.fullTitle(ITEMS, above)), Search.CONTAINS)
        .column("kind", byCodePoint(ITEMS.MEDIA_TYPE), Search.EQUALS)
        .column("platform", byCodePoint(SESSIONS.PLATFORM), Search.CONTAINS)
        .column("player", byCodePoint(SESSIONS.PLAYER), Search.CONTAINS)
        .column("seconds", SessionFields.WATCHED)
        .column("percent", SESSIONS.PERCENT_COMPLETE)
        .tieBreaker(SESSIONS.ID)
        .maximumLength(MOST_ROWS)
        .build();
  }

  /** The one order of texts that both backends have. */
  private static Field<String> byCodePoint(Field<String> text) {
    return PerBackend.field(SQLDataType.CLOB, text.collate("C"), text);
  }
}
