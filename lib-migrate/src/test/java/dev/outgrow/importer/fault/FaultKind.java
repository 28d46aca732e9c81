package dev.outgrow.importer.fault;

import java.util.List;

/** What happens to an import. */
enum FaultKind {
  /** {@code kill -9} of its JVM. */
  JVM_KILLED,
  /** {@code pg_terminate_backend} of its sessions. */
  BACKEND_TERMINATED,
  /** {@code kill -9} of the postmaster, which is started again. */
  POSTMASTER_KILLED,
  /** The network fails. */
  CONNECTION_CUT,
  /** The server's disk has no room. */
  DISK_FULL,
  /** Its thread is interrupted. */
  INTERRUPTED,
  /** Somebody cancels it. */
  CANCELLED;

  /** Twelve in a row: the first five kinds twice, each of the others once. */
  static final List<FaultKind> ORDER =
      List.of(
          JVM_KILLED,
          BACKEND_TERMINATED,
          POSTMASTER_KILLED,
          CONNECTION_CUT,
          DISK_FULL,
          INTERRUPTED,
          JVM_KILLED,
          BACKEND_TERMINATED,
          POSTMASTER_KILLED,
          CONNECTION_CUT,
          DISK_FULL,
          CANCELLED);
}
