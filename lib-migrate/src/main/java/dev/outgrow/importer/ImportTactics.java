package dev.outgrow.importer;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.plan.Tactics;
import dev.outgrow.importer.postgres.Streams;

/**
 * What an import may do to be faster, where several ways end in the same: the same tables, rows and
 * report. Which of it is done the plan chooses, from what it knows of the file, and says with its
 * reason. By default it may do all, and sort in 512 MiB.
 *
 * <p>Copies with something changed are made by the methods. <em>Immutable.</em>
 *
 * @since 0.1
 */
public final class ImportTactics {
  /** All of it, and 512 MiB. */
  public static final ImportTactics DEFAULT = new ImportTactics(512L << 20, true, true, true);

  private static final long LEAST_MEMORY = 1L << 20;
  private static final long MOST_MEMORY = 64L << 30;

  private final long sortMemory;
  private final boolean plainBlobs;
  private final boolean lateDisk;
  private final boolean together;

  private ImportTactics(long sortMemory, boolean plainBlobs, boolean lateDisk, boolean together) {
    this.sortMemory = sortMemory;
    this.plainBlobs = plainBlobs;
    this.lateDisk = lateDisk;
    this.together = together;
  }

  /**
   * Sets how much memory the server may sort keys and indexes in, all connections together. It is
   * asked for what the keys of the largest table need, where its own {@code maintenance_work_mem}
   * is less.
   *
   * @param bytes 1 MiB to 64 GiB, or 0 to leave it to the server
   * @throws ConfigurationException if it is outside that range
   */
  public ImportTactics sortMemory(long bytes) {
    if (bytes != 0 && (bytes < LEAST_MEMORY || bytes > MOST_MEMORY)) {
      throw new ConfigurationException(
          "sortMemory",
          Long.toString(bytes),
          "0, or " + LEAST_MEMORY + " to " + MOST_MEMORY + " bytes");
    }
    return new ImportTactics(bytes, plainBlobs, lateDisk, together);
  }

  /**
   * Says whether blobs may be stored as they are where a sample of them gains less than a fifth by
   * being compressed. The column's own setting is put back afterwards: it is for what is written
   * later.
   */
  public ImportTactics plainBlobs(boolean may) {
    return new ImportTactics(sortMemory, may, lateDisk, together);
  }

  /**
   * Says whether what is staged may be on the server's disk a moment after it is committed. The
   * swap waits until all of it is there; only a server that crashes before loses some of what was
   * staged, of which its journal then knows nothing either.
   */
  public ImportTactics lateDisk(boolean may) {
    return new ImportTactics(sortMemory, plainBlobs, may, together);
  }

  /** Says whether small tables and their keys may be made many at a time, in one transaction. */
  public ImportTactics together(boolean may) {
    return new ImportTactics(sortMemory, plainBlobs, lateDisk, may);
  }

  Tactics.Limits limits(Streams streams) {
    return new Tactics.Limits(
        streams.most(), streams.bytesEach(), sortMemory, plainBlobs, lateDisk, together);
  }
}
