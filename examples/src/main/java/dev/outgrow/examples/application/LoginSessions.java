package dev.outgrow.examples.application;

import dev.outgrow.examples.media.Login;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is logged in, in memory: whoever starts the application again logs everybody out. A session
 * ends 12 hours after it was used last and 7 days after it began; of more than 1,000 the one that
 * was used longest ago ends.
 *
 * <p><em>Thread-safe.</em>
 */
final class LoginSessions {
  static final Duration IDLE = Duration.ofHours(12);
  static final Duration LONGEST = Duration.ofDays(7);
  static final int MOST = 1_000;

  private final InstantSource clock;
  private final Map<String, Session> sessions = new HashMap<>();

  /** A login, and what its forms send along. */
  record Session(Login login, String csrf, Instant began, Instant used) {
    Session usedAt(Instant now) {
      return new Session(login, csrf, began, now);
    }

    /** The user may have been renamed meanwhile, or told to choose another password. */
    Session of(Login now) {
      return new Session(now, csrf, began, used);
    }

    boolean hasEnded(Instant now) {
      return used.plus(IDLE).isBefore(now) || began.plus(LONGEST).isBefore(now);
    }
  }

  LoginSessions(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins a session and returns the secret that finds it. */
  synchronized String begin(Login login) {
    Instant now = clock.instant();
    sessions.values().removeIf(session -> session.hasEnded(now));
    if (sessions.size() >= MOST) {
      sessions.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().used()))
          .map(Map.Entry::getKey)
          .ifPresent(sessions::remove);
    }
    String secret = Secrets.next();
    sessions.put(secret, new Session(login, Secrets.next(), now, now));
    return secret;
  }

  synchronized Optional<Session> find(String secret) {
    Instant now = clock.instant();
    return Optional.ofNullable(
        sessions.computeIfPresent(
            secret, (key, session) -> session.hasEnded(now) ? null : session.usedAt(now)));
  }

  synchronized void end(String secret) {
    sessions.remove(secret);
  }

  /** Ends all of a user's sessions, such as when the password has changed. */
  synchronized void endAll(long userId) {
    sessions.values().removeIf(session -> session.login().userId() == userId);
  }
}
