package dev.outgrow.backup;

/**
 * How far a backup, its verification or a restore is.
 *
 * <p><em>Immutable.</em>
 *
 * @param phase the part it is in
 * @param table the table it is at; empty where the part is not about one
 * @param rows rows of that table
 * @param bytes bytes written or read in this part so far; 0 where they are not counted
 * @since 0.1
 */
public record BackupProgress(Phase phase, String table, long rows, long bytes) {

  /**
   * The parts. Which of them there are, and in which order, depends on what is done.
   *
   * @since 0.1
   */
  public enum Phase {
    /** The file is written, under a temporary name. */
    WRITE,
    /** The rows of a table are counted and hashed. */
    COUNT,
    /** The file is read for its hash. */
    HASH,
    /** The file and its manifest get their names. */
    PUBLISH,
    /** What is in the file is put into a database. */
    LOAD,
    /** What is loaded takes the place of what was there. */
    COMMIT,
    /** It is done. */
    DONE
  }

  static BackupProgress at(Phase phase) {
    return new BackupProgress(phase, "", 0, 0);
  }
}
