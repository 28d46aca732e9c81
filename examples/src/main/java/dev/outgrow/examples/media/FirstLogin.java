package dev.outgrow.examples.media;

/**
 * What the first administrator logs in with. Whoever gets it shows it to a person, once, and keeps
 * it nowhere: the database has a hash of the password alone.
 *
 * <p><em>Immutable.</em>
 *
 * @param username who
 * @param password the generated password
 * @since 0.1
 */
public record FirstLogin(String username, String password) {
  /** Returns it without the password, since texts end in logs. */
  @Override
  public String toString() {
    return username + " with a generated password";
  }
}
