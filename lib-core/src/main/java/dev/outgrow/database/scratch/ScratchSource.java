package dev.outgrow.database.scratch;

import dev.outgrow.database.Backend;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.ConfigurationException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the PostgreSQL server of scratch databases comes from: embedded binaries, a container, or a
 * server that is there. Only the one that was chosen is tried; nothing falls through to another.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class ScratchSource {
  /** The ways to a server. */
  public enum Kind {
    /** The embedded binaries, on this machine and without containers. */
    EMBEDDED,
    /** A container that Testcontainers' Docker client starts. */
    TESTCONTAINERS,
    /** A server that is running, by its URL. */
    SERVER
  }

  private static final ScratchSource EMBEDDED = new ScratchSource(Kind.EMBEDDED, null);
  private static final ScratchSource TESTCONTAINERS = new ScratchSource(Kind.TESTCONTAINERS, null);

  private final Kind kind;
  private final @Nullable DatabaseUrl url;

  private ScratchSource(Kind kind, @Nullable DatabaseUrl url) {
    this.kind = kind;
    this.url = url;
  }

  /** Returns the embedded binaries: the default. */
  public static ScratchSource embedded() {
    return EMBEDDED;
  }

  /** Returns a container. */
  public static ScratchSource testcontainers() {
    return TESTCONTAINERS;
  }

  /**
   * Returns a server that is running.
   *
   * @param url a database of it that is there, for a user who may create databases; nothing in that
   *     database is touched
   * @throws ConfigurationException if it is no PostgreSQL
   */
  public static ScratchSource server(DatabaseUrl url) {
    if (url.backend() != Backend.POSTGRESQL) {
      throw new ConfigurationException(
          "The server of scratch databases", url.toString(), "the URL of a PostgreSQL database");
    }
    return new ScratchSource(Kind.SERVER, url);
  }

  /**
   * Reads a source: {@code embedded}, {@code testcontainers}, or the URL of a PostgreSQL database.
   *
   * @throws ConfigurationException if it is none of these
   */
  public static ScratchSource parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.equals("embedded")) {
      return EMBEDDED;
    }
    if (word.equals("testcontainers")) {
      return TESTCONTAINERS;
    }
    if (!word.contains(":")) {
      throw new ConfigurationException(
          "The source of scratch databases",
          text,
          "embedded, testcontainers or the URL of a PostgreSQL database");
    }
    return server(DatabaseUrl.parse(text.strip()));
  }

  /** Returns the kind. */
  public Kind kind() {
    return kind;
  }

  /** Returns the URL of a server that is running; empty for the others. */
  public Optional<DatabaseUrl> url() {
    return Optional.ofNullable(url);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScratchSource that
        && kind == that.kind
        && Objects.equals(url, that.url);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, url);
  }

  /** Returns the source for people and logs, without a password. */
  @Override
  public String toString() {
    return url == null ? kind.name().toLowerCase(Locale.ROOT) : url.toString();
  }
}
