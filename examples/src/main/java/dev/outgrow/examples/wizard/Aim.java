package dev.outgrow.examples.wizard;

import dev.outgrow.database.Backend;
import dev.outgrow.database.DatabaseUrl;
import java.util.Optional;

/**
 * The PostgreSQL that is meant, if one is. <em>Immutable.</em>
 *
 * @param url where it is, with its password; empty if none is named
 * @since 0.1
 */
public record Aim(Optional<DatabaseUrl> url) {
  private static final String FORM = "Write it as postgresql://user@host:5432/database.";

  /** Names no database. */
  static final Aim NONE = new Aim(Optional.empty());

  /**
   * Names one.
   *
   * @throws Refusal if it is not PostgreSQL's
   */
  static Aim at(DatabaseUrl url) {
    if (url.backend() != Backend.POSTGRESQL) {
      throw new Refusal("That is not the URL of a PostgreSQL.", FORM);
    }
    return new Aim(Optional.of(url));
  }

  /**
   * Reads what somebody has typed.
   *
   * @param password what stands beside the URL; empty if nothing does
   * @throws Refusal if it is not PostgreSQL's, or there is a password and nobody whose it is
   * @throws dev.outgrow.error.ConfigurationException if it cannot be read
   */
  static Aim of(String url, String password) {
    DatabaseUrl read = at(DatabaseUrl.parse(url)).required();
    if (password.isEmpty()) {
      return at(read);
    }
    String user =
        read.user()
            .orElseThrow(
                () -> new Refusal("The URL names no user, whose password this could be.", FORM));
    return at(read.withUser(user, password));
  }

  /** Returns whether it names one. */
  public boolean isSet() {
    return url.isPresent();
  }

  DatabaseUrl required() {
    return url.orElseThrow(() -> new IllegalStateException("No database was named"));
  }

  /** Returns the URL for people, without a credential; empty if there is none. */
  public String shown() {
    return url.map(DatabaseUrl::toString).orElse("");
  }

  @Override
  public String toString() {
    return shown();
  }
}
