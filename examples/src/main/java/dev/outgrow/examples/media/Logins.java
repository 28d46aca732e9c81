package dev.outgrow.examples.media;

import static media.db.core.Tables.LOGINS;
import static media.db.core.Tables.USERS;

import dev.outgrow.database.Database;
import dev.outgrow.query.Jooq;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Who may log in to a media history.
 *
 * <p>A name that nobody has costs as much time as a wrong password. Two passwords are looked at at
 * once, since each takes 19 MiB; others wait.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Logins {
  /** How many characters a chosen password has at least: 12. */
  public static final int SHORTEST_PASSWORD = 12;

  /** How many characters a password has at most: 200. */
  public static final int LONGEST_PASSWORD = 200;

  private static final int AT_ONCE = 2;

  private final Database database;
  private final Passwords passwords = new Passwords();
  private final Semaphore hashing = new Semaphore(AT_ONCE);
  private final String nobodys;

  /** Looks into this database. */
  public Logins(Database database) {
    this.database = database;
    this.nobodys = passwords.hash(passwords.generate());
  }

  /** Returns whose name and password these are; nobody's if the user is not active any more. */
  public Optional<Login> logIn(String username, String password) {
    Optional<Record> found = find(USERS.USERNAME.eq(username));
    String hash = found.map(row -> row.get(LOGINS.PASSWORD_HASH)).orElse(nobodys);
    boolean right = matches(password, hash);
    return right ? found.map(Logins::login) : Optional.empty();
  }

  /** Returns a user's login as it is now; none if the user may not log in any more. */
  public Optional<Login> of(long userId) {
    return find(USERS.ID.eq(userId)).map(Logins::login);
  }

  /**
   * Replaces a password.
   *
   * @param chosen {@value #SHORTEST_PASSWORD} to {@value #LONGEST_PASSWORD} characters
   * @return false if the current one is not right: nothing is changed then
   */
  public boolean change(long userId, String current, String chosen) {
    if (chosen.length() < SHORTEST_PASSWORD || chosen.length() > LONGEST_PASSWORD) {
      throw new IllegalArgumentException("The page checks the length of a password");
    }
    Optional<Record> found = find(USERS.ID.eq(userId));
    String before = found.map(row -> row.get(LOGINS.PASSWORD_HASH)).orElse(nobodys);
    if (!matches(current, before) || found.isEmpty()) {
      return false;
    }
    String hash = alone(() -> passwords.hash(chosen));
    // Of two that change it at once, one finds that it is not the current password any more.
    return database.transaction(
            tx ->
                Jooq.on(tx)
                    .update(LOGINS)
                    .set(LOGINS.PASSWORD_HASH, hash)
                    .set(LOGINS.MUST_CHANGE, false)
                    .set(LOGINS.SET_AT, Instant.now())
                    .where(LOGINS.USER_ID.eq(userId), LOGINS.PASSWORD_HASH.eq(before))
                    .execute())
        == 1;
  }

  private Optional<Record> find(Condition user) {
    return database.read(
        tx -> {
          @Nullable Record row =
              Jooq.on(tx)
                  .select(
                      USERS.ID,
                      USERS.USERNAME,
                      USERS.IS_ADMIN,
                      LOGINS.PASSWORD_HASH,
                      LOGINS.MUST_CHANGE)
                  .from(USERS)
                  .join(LOGINS)
                  .on(LOGINS.USER_ID.eq(USERS.ID))
                  .where(user.and(USERS.IS_ACTIVE.eq(1L)))
                  .fetchOne();
          return Optional.ofNullable(row);
        });
  }

  private static Login login(Record row) {
    return new Login(
        row.get(USERS.ID),
        row.get(USERS.USERNAME),
        row.get(USERS.IS_ADMIN),
        row.get(LOGINS.MUST_CHANGE));
  }

  private boolean matches(String password, String hash) {
    return password.length() <= LONGEST_PASSWORD && alone(() -> passwords.matches(password, hash));
  }

  private <T> T alone(Supplier<T> work) {
    hashing.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      hashing.release();
    }
  }
}
