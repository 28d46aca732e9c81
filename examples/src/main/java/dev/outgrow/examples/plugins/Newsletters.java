package dev.outgrow.examples.plugins;

import static media.db.core.Tables.USERS;
import static media.db.newsletters.Tables.NEWSLETTERS;
import static media.db.newsletters.Tables.NEWSLETTER_ISSUES;
import static media.db.newsletters.Tables.NEWSLETTER_SUBSCRIBERS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.outgrow.error.ConfigurationException;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * The newsletters of a media history, on either backend.
 *
 * <p><em>Immutable.</em> It is for the thread and the transaction that its context is for.
 *
 * @since 0.1
 */
public final class Newsletters {
  /** The most characters that a name has: 100. */
  public static final int LONGEST_NAME = 100;

  /** The most characters that a subject has: 200. */
  public static final int LONGEST_SUBJECT = 200;

  private static final int ISSUES = 10;
  private static final int READERS = 500;
  private static final int DAYS = 7;
  private static final Field<String> CALLED =
      coalesce(nullif(USERS.FRIENDLY_NAME, inline("")), USERS.USERNAME);

  private final DSLContext sql;

  private Newsletters(DSLContext sql) {
    this.sql = sql;
  }

  /** Asks this database. */
  public static Newsletters of(DSLContext sql) {
    return new Newsletters(sql);
  }

  /** Returns all newsletters by name, each with at most 500 who get it and 500 who do not. */
  public List<Newsletter> all() {
    return sql.select(NEWSLETTERS.NAME, NEWSLETTERS.SUBJECT, NEWSLETTERS.WEEKDAY)
        .from(NEWSLETTERS)
        .orderBy(NEWSLETTERS.NAME)
        .fetch()
        .map(row -> newsletter(row.value1(), row.value2(), row.value3()));
  }

  private Newsletter newsletter(String name, String subject, int weekday) {
    Condition gets =
        USERS.ID.in(
            select(NEWSLETTER_SUBSCRIBERS.USER_ID)
                .from(NEWSLETTER_SUBSCRIBERS)
                .where(NEWSLETTER_SUBSCRIBERS.NEWSLETTER.eq(name)));
    Condition could = gets.not().and(USERS.IS_ACTIVE.eq(1L));
    return new Newsletter(name, subject, weekday, readers(gets), readers(could), issues(name));
  }

  private List<Reader> readers(Condition which) {
    return sql.select(USERS.ID, CALLED)
        .from(USERS)
        .where(which)
        .orderBy(CALLED, USERS.ID)
        .limit(READERS)
        .fetch(row -> new Reader(row.value1(), row.value2()));
  }

  private List<Issue> issues(String newsletter) {
    return sql.select(NEWSLETTER_ISSUES.SENT_AT, NEWSLETTER_ISSUES.BODY)
        .from(NEWSLETTER_ISSUES)
        .where(NEWSLETTER_ISSUES.NEWSLETTER.eq(newsletter))
        .orderBy(NEWSLETTER_ISSUES.SENT_AT.desc())
        .limit(ISSUES)
        .fetch(row -> new Issue(row.value1(), row.value2()));
  }

  /**
   * Adds a newsletter, or changes the subject and the day of the one of that name.
   *
   * @throws ConfigurationException if a text is empty or too long, or there is no such day
   */
  public void save(String name, String subject, int weekday) {
    require("The name of a newsletter", name, LONGEST_NAME);
    require("The subject of a newsletter", subject, LONGEST_SUBJECT);
    if (weekday < 1 || weekday > DAYS) {
      throw new ConfigurationException("The day of a newsletter", "" + weekday, "1 to 7");
    }
    sql.insertInto(NEWSLETTERS, NEWSLETTERS.NAME, NEWSLETTERS.SUBJECT, NEWSLETTERS.WEEKDAY)
        .values(name, subject, weekday)
        .onConflict(NEWSLETTERS.NAME)
        .doUpdate()
        .set(NEWSLETTERS.SUBJECT, subject)
        .set(NEWSLETTERS.WEEKDAY, weekday)
        .execute();
  }

  private static void require(String what, String text, int longest) {
    if (text.isBlank() || text.length() > longest) {
      throw new ConfigurationException(
          what, text.length() + " characters", "1 to " + longest + ", and not only blanks");
    }
  }

  /** Has a user get a newsletter; nothing changes if there is no such user or newsletter. */
  public void subscribe(String newsletter, long user, Instant now) {
    sql.insertInto(
            NEWSLETTER_SUBSCRIBERS,
            NEWSLETTER_SUBSCRIBERS.NEWSLETTER,
            NEWSLETTER_SUBSCRIBERS.USER_ID,
            NEWSLETTER_SUBSCRIBERS.SUBSCRIBED_AT)
        .select(
            select(NEWSLETTERS.NAME, USERS.ID, val(now, NEWSLETTER_SUBSCRIBERS.SUBSCRIBED_AT))
                .from(NEWSLETTERS.crossJoin(USERS))
                .where(NEWSLETTERS.NAME.eq(newsletter), USERS.ID.eq(user)))
        .onConflictDoNothing()
        .execute();
  }

  /** Has a user get a newsletter no more. */
  public void unsubscribe(String newsletter, long user) {
    sql.deleteFrom(NEWSLETTER_SUBSCRIBERS)
        .where(
            NEWSLETTER_SUBSCRIBERS.NEWSLETTER.eq(newsletter),
            NEWSLETTER_SUBSCRIBERS.USER_ID.eq(user))
        .execute();
  }
}
