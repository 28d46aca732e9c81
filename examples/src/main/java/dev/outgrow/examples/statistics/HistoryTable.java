package dev.outgrow.examples.statistics;

import static media.db.core.Tables.ITEMS;
import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.USERS;

import dev.outgrow.query.PerBackend;
import dev.outgrow.query.table.Lookup;
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
    Lookup user = Lookup.of(SESSIONS.USER_ID, USERS.ID);
    Lookup item =
        Lookup.of(SESSIONS.ITEM_ID, ITEMS.ID)
            .then(ITEMS.PARENT_ID, parent.ID)
            .then(parent.PARENT_ID, above.ID);
    return ServerTable.from(SESSIONS)
        .column("started", SESSIONS.STARTED, Search.RANGE)
        .column("user", user, byCodePoint(SessionFields.nameOf(USERS)), Search.CONTAINS)
        .column("title", item, byCodePoint(SessionFields.fullTitle(ITEMS, above)), Search.CONTAINS)
        .column("kind", item, byCodePoint(ITEMS.MEDIA_TYPE), Search.EQUALS)
        .column("platform", byCodePoint(SESSIONS.PLATFORM), Search.CONTAINS)
        .column("player", byCodePoint(SESSIONS.PLAYER), Search.CONTAINS)
        .column("seconds", SessionFields.WATCHED)
        .column("percent", SESSIONS.PERCENT_COMPLETE)
        .maximumLength(MOST_ROWS)
        .build();
  }

  /** The one order of texts that both backends have. */
  private static Field<String> byCodePoint(Field<String> text) {
    return PerBackend.field(SQLDataType.CLOB, text.collate("C"), text);
  }
}
