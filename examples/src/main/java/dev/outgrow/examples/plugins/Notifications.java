package dev.outgrow.examples.plugins;

import static media.db.notifications.Tables.LOGS;
import static media.db.notifications.Tables.NOTIFIERS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.nullif;

import dev.outgrow.error.ConfigurationException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * The notifiers of a media history and their log, on either backend.
 *
 * <p><em>Immutable.</em> It is for the thread and the transaction that its context is for.
 *
 * @since 0.1
 */
public final class Notifications {
  /** The most lines of the log that are shown: 100. */
  public static final int LINES = 100;

  /** The most characters that a name has: 100. */
  public static final int LONGEST_NAME = 100;

  /** The most characters that a template has: 1,000. */
  public static final int LONGEST_TEMPLATE = 1_000;

  private static final Field<String> CALLED =
      coalesce(nullif(NOTIFIERS.FRIENDLY_NAME, inline("")), NOTIFIERS.AGENT_NAME);

  private final DSLContext sql;

  private Notifications(DSLContext sql) {
    this.sql = sql;
  }

  /** Asks this database. */
  public static Notifications of(DSLContext sql) {
    return new Notifications(sql);
  }

  /** Returns all notifiers, in the order in which they were added. */
  public List<Notifier> notifiers() {
    return sql.select(
            NOTIFIERS.ID,
            NOTIFIERS.AGENT_NAME,
            coalesce(NOTIFIERS.FRIENDLY_NAME, inline("")),
            NOTIFIERS.TEMPLATE,
            NOTIFIERS.ONPLAY,
            NOTIFIERS.ONSTOP)
        .from(NOTIFIERS)
        .orderBy(NOTIFIERS.ID)
        .fetch(
            row ->
                new Notifier(
                    row.value1(),
                    row.value2(),
                    row.value3(),
                    row.value4(),
                    row.value5() != 0,
                    row.value6() != 0));
  }

  /** Returns the latest lines of the log, the newest first. */
  public List<LogLine> log() {
    return sql.select(
            LOGS.LOGGED_AT,
            LOGS.LEVEL,
            coalesce(CALLED, inline("")),
            coalesce(LOGS.MESSAGE, inline("")))
        .from(LOGS.leftJoin(NOTIFIERS).on(NOTIFIERS.ID.eq(LOGS.NOTIFIER_ID)))
        .orderBy(LOGS.LOGGED_AT.desc(), LOGS.ID.desc())
        .limit(LINES)
        .fetch(row -> new LogLine(row.value1(), row.value2(), row.value3(), row.value4()));
  }

  /**
   * Changes a notifier's name, what it says and when.
   *
   * @return false if there is none of its number
   * @throws ConfigurationException if its name or its template is too long, or it has nothing to
   *     say
   */
  public boolean change(Notifier notifier) {
    if (notifier.name().length() > LONGEST_NAME) {
      throw new ConfigurationException(
          "The name of a notifier", notifier.name(), "at most " + LONGEST_NAME + " characters");
    }
    int length = notifier.template().length();
    if (notifier.template().isBlank() || length > LONGEST_TEMPLATE) {
      throw new ConfigurationException(
          "What a notifier says",
          length + " characters",
          "1 to " + LONGEST_TEMPLATE + ", and not only blanks");
    }
    return sql.update(NOTIFIERS)
            .set(NOTIFIERS.FRIENDLY_NAME, notifier.name())
            .set(NOTIFIERS.TEMPLATE, notifier.template())
            .set(NOTIFIERS.ONPLAY, notifier.onPlay() ? 1L : 0L)
            .set(NOTIFIERS.ONSTOP, notifier.onStop() ? 1L : 0L)
            .where(NOTIFIERS.ID.eq(notifier.id()))
            .execute()
        == 1;
  }
}
