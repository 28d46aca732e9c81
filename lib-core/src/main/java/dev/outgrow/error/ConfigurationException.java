package dev.outgrow.error;

import org.jspecify.annotations.Nullable;

/**
 * A setting that cannot be used. Nothing is repaired silently: the option, its value and what would
 * be allowed are named. A value that may hold a credential is shown redacted.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class ConfigurationException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final String option;
  private final String value;
  private final String allowed;

  /**
   * Refuses a setting.
   *
   * @param option the option's name as the user writes it
   * @param value the refused value, safe to print
   * @param allowed what would be accepted, as a phrase: {@code "1 to 1000"}
   */
  public ConfigurationException(String option, String value, String allowed) {
    this(option, value, allowed, null);
  }

  /**
   * Refuses a setting that was tried.
   *
   * @param option the option's name as the user writes it
   * @param value the refused value, safe to print
   * @param allowed what would be accepted, as a phrase: {@code "1 to 1000"}
   * @param cause what failed when it was tried, or null
   */
  public ConfigurationException(
      String option, String value, String allowed, @Nullable Throwable cause) {
    super(option + " cannot be \"" + value + "\".", "Allowed: " + allowed + ".", cause);
    this.option = option;
    this.value = value;
    this.allowed = allowed;
  }

  /** Returns the option's name as the user writes it. */
  public String option() {
    return option;
  }

  /** Returns the refused value, safe to print. */
  public String value() {
    return value;
  }

  /** Returns what would be accepted. */
  public String allowed() {
    return allowed;
  }
}
