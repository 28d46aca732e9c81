package dev.outgrow.backup;

import dev.outgrow.error.OutgrowException;

/**
 * One of PostgreSQL's programs that is not there, or is older than the server. The message names
 * the package to install.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class MissingToolException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final String debianPackage;

  MissingToolException(String what, int major) {
    super(
        what,
        "Install the package "
            + name(major)
            + " (Debian, Ubuntu: apt install "
            + name(major)
            + "), name its folder, or allow the built-in copy.",
        null);
    this.debianPackage = name(major);
  }

  private static String name(int major) {
    return "postgresql-client-" + major;
  }

  /** Returns the Debian package that has it: {@code postgresql-client-18}. */
  public String debianPackage() {
    return debianPackage;
  }
}
