package dev.outgrow.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything this library throws on purpose: what happened and where, then what to do
 * about it.
 *
 * <p>The message is {@code what} followed by {@code remedy}. Neither ever holds a credential or,
 * unless asked for, a value of a row. Subclasses carry the objects they speak of, so that a program
 * need not read the text.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public abstract class OutgrowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String remedy;

  /**
   * Describes a failure.
   *
   * @param what what happened, and where: a sentence with its full stop
   * @param remedy what the reader should do: a sentence with its full stop
   * @param cause the failure underneath, or null
   */
  protected OutgrowException(String what, String remedy, @Nullable Throwable cause) {
    super(what + " " + remedy, cause);
    this.what = what;
    this.remedy = remedy;
  }

  /** Returns what happened, and where. */
  public String what() {
    return what;
  }

  /** Returns what to do about it. */
  public String remedy() {
    return remedy;
  }
}
