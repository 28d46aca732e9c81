package dev.outgrow.importer.fault;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where no small disk can be had: a limit to the size of files, which a server takes for a disk
 * without room. Its processes are told one by one.
 */
final class FileLimit {
  /** More than a segment of the log has, which is 1 MiB here: otherwise nothing works at all. */
  private static final long LEAST_BYTES = (1L << 20) + 8192;

  private final ProcessHandle postmaster;
  private final Path log;

  private FileLimit(ProcessHandle postmaster, Path log) {
    this.postmaster = postmaster;
    this.log = log;
  }

  /** Whether the system has what sets it. */
  static boolean isPossible(Path log) {
    try {
      return Programs.succeeds(log, "prlimit", "--version");
    } catch (IOException missing) {
      return false;
    }
  }

  static FileLimit set(ProcessHandle postmaster, long bytes, Path log) throws IOException {
    FileLimit limit = new FileLimit(postmaster, log);
    limit.tell(Long.toString(Math.max(bytes, LEAST_BYTES)));
    return limit;
  }

  void lift() throws IOException {
    tell("unlimited");
  }

  private void tell(String limit) throws IOException {
    tell(postmaster, limit); // first, since its children inherit it
    for (ProcessHandle child : postmaster.descendants().toList()) {
      tell(child, limit);
    }
  }

  /** Of a process that has just ended nothing is left to be told. */
  private void tell(ProcessHandle process, String limit) throws IOException {
    String[] command = {"prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + limit + ":"};
    if (!Programs.succeeds(log, command) && process.isAlive()) {
      throw new IOException("The limit of process " + process.pid() + " cannot be set");
    }
  }
}
