package dev.outgrow.examples.statistics;

import static media.db.core.Tables.SESSIONS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.nullif;

import java.math.BigDecimal;
import media.db.core.tables.Items;
import media.db.core.tables.Users;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** What the statistics say of sessions, users and items in the same words. */
final class SessionFields {
  /** Without pauses; null while it runs, and for ever where a server went down in between. */
  static final Field<Long> WATCHED =
      SESSIONS.STOPPED.minus(SESSIONS.STARTED).minus(SESSIONS.PAUSED_SECONDS);

  /** The names of the two in an order. */
  static final Field<Long> BY_PLAYS = field(name("plays"), SQLDataType.BIGINT);

  static final Field<BigDecimal> BY_SECONDS = field(name("seconds"), SQLDataType.NUMERIC);

  private SessionFields() {}

  static Field<String> nameOf(Users users) {
    return coalesce(nullif(users.FRIENDLY_NAME, inline("")), users.USERNAME);
  }

  /** The title behind that of its show or artist. */
  static Field<String> fullTitle(Items item, Items above) {
    return coalesce(concat(above.TITLE, inline(" · "), item.TITLE), item.TITLE);
  }
}
