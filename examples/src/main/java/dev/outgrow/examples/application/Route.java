package dev.outgrow.examples.application;

/**
 * An address, and who may visit it.
 *
 * @param method the method
 * @param path the whole path; one that ends with a star holds everything below it
 * @param access who may visit it
 * @param action what it does
 */
record Route(String method, String path, Access access, Action action) {
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
