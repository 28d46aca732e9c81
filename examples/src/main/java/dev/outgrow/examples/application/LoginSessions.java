package dev.outgrow.examples.application;

import dev.outgrow.examples.media.Login;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

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
  private final List<Consumer<Session>> listeners = new CopyOnWriteArrayList<>();

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

  /** Has somebody told of each session that has ended. */
  void whenEnded(Consumer<Session> listener) {
    listeners.add(listener);
  }

  /** Ends what nobody has used for too long. */
  void sweep() {
    List<Session> ended = new ArrayList<>();
    synchronized (this) {
      Instant now = clock.instant();
      sessions.values().stream().filter(session -> session.hasEnded(now)).forEach(ended::add);
      sessions.values().removeAll(ended);
    }
    ended.forEach(this::tell);
  }

  private void tell(Session ended) {
    listeners.forEach(listener -> listener.accept(ended));
  }

  /** Begins a session and returns the secret that finds it. */
  String begin(Login login) {
    sweep();
    return add(login);
  }

  private synchronized String add(Login login) {
    Instant now = clock.instant();
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
                secret, (key, session) -> session.hasEnded(now) ? session : session.usedAt(now)))
        .filter(session -> !session.hasEnded(now));
  }

  /** Returns whether a session lasts; to ask that is not to use it. */
  synchronized boolean lasts(String secret) {
    Session session = sessions.get(secret);
    return session != null && !session.hasEnded(clock.instant());
  }

  void end(String secret) {
    Session ended;
    synchronized (this) {
      ended = sessions.remove(secret);
    }
    if (ended != null) {
      tell(ended);
    }
  }

  /** Ends all of a user's sessions, such as when the password has changed. */
  void endAll(long userId) {
    List<Session> ended;
    synchronized (this) {
      ended = sessions.values().stream().filter(each -> each.login().userId() == userId).toList();
      sessions.values().removeAll(ended);
    }
    ended.forEach(this::tell);
  }
}
