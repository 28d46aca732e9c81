package dev.outgrow.examples.wizard;

import dev.outgrow.database.Backend;
import dev.outgrow.database.DatabaseUrl;

/**
 * How a database was named. <em>Immutable.</em>
 *
 * @param url its URL, which may hold a password
 * @param password the password that was typed beside it; empty if none was
 * @since 0.1
 */
public record Aim(String url, String password) {
  /** Names no database. */
  static final Aim NONE = new Aim("", "");

  /** Returns whether it names one. */
  public boolean isSet() {
    return !url.isEmpty();
  }

  /**
   * Reads the URL.
   *
   * @throws Refusal if it is not PostgreSQL's, or there is a password and nobody whose it is
   * @throws dev.outgrow.error.ConfigurationException if it cannot be read
   */
  DatabaseUrl parse() {
    DatabaseUrl parsed = DatabaseUrl.parse(url);
    if (parsed.backend() != Backend.POSTGRESQL) {
      throw new Refusal(
          "That is not the URL of a PostgreSQL.",
          "Write it as postgresql://user@host:5432/database.");
    }
    if (password.isEmpty()) {
      return parsed;
    }
    String user =
        parsed
            .user()
            .orElseThrow(
                () ->
                    new Refusal(
                        "The URL names no user, whose password this could be.",
                        "Write it as postgresql://user@host:5432/database."));
    return parsed.withUser(user, password);
  }

  /** Returns the URL for people, without a credential; empty if there is none. */
  public String shown() {
    return isSet() ? parse().toString() : "";
  }

  @Override
  public String toString() {
    return shown();
  }
}
