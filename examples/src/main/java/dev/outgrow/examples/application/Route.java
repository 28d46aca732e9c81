package dev.outgrow.examples.application;

/**
 * An address, and who may visit it.
 *
 * @param method the method
 * @param path the whole path; one that ends with a star holds everything below it
 * @param access who may visit it
 * @param action what it does
 * @param manner how it is treated
 */
record Route(String method, String path, Access access, Action action, Manner manner) {
  Route(String method, String path, Access access, Action action) {
    this(method, path, access, action, Manner.USUAL);
  }

  /** How an address is treated. */
  enum Manner {
    /** What it sends is a form, and may be written to the database. */
    USUAL,
    /** It writes nothing to the application's database, which may change meanwhile. */
    BESIDE,
    /** So, and it looks at the form's token itself, since it reads the form piece by piece. */
    STREAMED
  }

  /** Who may visit an address. */
  enum Access {
    /** Everybody, also while the database is away. */
    EVERYBODY,
    /** Everybody, once there is a database to log in to. */
    VISITORS,
    /** An administrator who has logged in. */
    ADMINISTRATORS
  }

  boolean leadsTo(String visited) {
    return path.endsWith("*")
        ? visited.startsWith(path.substring(0, path.length() - 1))
        : path.equals(visited);
  }
}
