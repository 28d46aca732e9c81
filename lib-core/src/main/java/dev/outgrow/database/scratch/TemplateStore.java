package dev.outgrow.database.scratch;

/** Where one template lies and its copies are made. Safe for several threads. */
interface TemplateStore extends AutoCloseable {
  /**
   * Makes a copy.
   *
   * @param readOnly whether its sessions refuse to write
   */
  Clone copy(boolean readOnly);

  /** Lets go of the server or the folder. All copies are gone by then. */
  @Override
  void close();
}
