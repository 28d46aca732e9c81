package dev.outgrow.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * PostgreSQL's large objects, which are in no schema: they are compared as a table of their own,
 * and cannot be moved aside.
 */
final class LargeObjects {
  /** What stands for a schema in the name of their table. */
  static final String SCHEMA = "pg_catalog";

  /** What stands for their table. */
  static final String NAME = "large objects";

  /** What stands behind FROM to read them: pieces of 1 MiB, as one may have 4 TiB. */
  static final String ROWS =
      "(SELECT m.oid, p.no, p.bytes FROM pg_catalog.pg_largeobject_metadata m CROSS JOIN LATERAL ("
          + "WITH RECURSIVE p(no, bytes) AS (SELECT 0::bigint, pg_catalog.lo_get(m.oid, 0, 1048576)"
          + " UNION ALL SELECT no + 1, pg_catalog.lo_get(m.oid, (no + 1) * 1048576, 1048576) FROM p"
          + " WHERE pg_catalog.octet_length(bytes) = 1048576) SELECT no, bytes FROM p) AS p)";

  private static final int SHOWN = 3;

  private LargeObjects() {}

  /** Returns their numbers, in order. */
  static List<String> of(Connection connection) throws SQLException {
    return PostgresCatalogue.texts(
        connection, "SELECT oid FROM pg_catalog.pg_largeobject_metadata ORDER BY oid");
  }

  /**
   * Refuses a restore over a database that has some, if the backup has some.
   *
   * @throws BackupException if both have
   */
  static void requireRoomFor(Backup backup, Connection connection) throws SQLException {
    boolean held =
        backup.manifest().tables().stream()
            .anyMatch(table -> table.schema().equals(SCHEMA) && table.name().equals(NAME));
    List<String> there = held ? of(connection) : List.of();
    if (!there.isEmpty()) {
      throw new BackupException(
          backup.file(),
          "The backup "
              + backup.file()
              + " holds large objects, and so does the database ("
              + String.join(", ", there.subList(0, Math.min(SHOWN, there.size())))
              + (there.size() > SHOWN ? " and " + (there.size() - SHOWN) + " more" : "")
              + "): they are in no schema that could be moved aside.",
          "Restore into an empty database, or remove them before (lo_unlink); nothing was changed.",
          null);
    }
  }
}
