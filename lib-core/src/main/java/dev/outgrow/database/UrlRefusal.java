package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;

/** How a database URL is refused: by the name of the part, since the text may hold a password. */
final class UrlRefusal {
  /** Stands where a value cannot be shown. */
  static final String HIDDEN = "***";

  private UrlRefusal() {}

  static ConfigurationException hidden(String part, String allowed) {
    return shown(part, HIDDEN, allowed);
  }

  static ConfigurationException shown(String part, String value, String allowed) {
    return new ConfigurationException("The database URL's " + part, value, allowed);
  }
}
