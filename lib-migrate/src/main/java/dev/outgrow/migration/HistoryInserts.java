package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.sql.Dialect;
import org.jspecify.annotations.Nullable;

/** Writes a history table and its rows as SQL, in the form that Flyway gives them. */
final class HistoryInserts {
  // As Flyway's, to the letter: a table of its own would be another for whoever compares schemas.
  private static final String POSTGRES_TABLE =
      """
      CREATE TABLE %1$s (
          "installed_rank" INT NOT NULL,
          "version" VARCHAR(50),
          "description" VARCHAR(200) NOT NULL,
          "type" VARCHAR(20) NOT NULL,
          "script" VARCHAR(1000) NOT NULL,
          "checksum" INTEGER,
          "installed_by" VARCHAR(100) NOT NULL,
          "installed_on" TIMESTAMP NOT NULL DEFAULT now(),
          "execution_time" INTEGER NOT NULL,
          "success" BOOLEAN NOT NULL
      );
      ALTER TABLE %1$s ADD CONSTRAINT %2$s PRIMARY KEY ("installed_rank");
      CREATE INDEX %3$s ON %1$s ("success");
      """;

  private static final String SQLITE_TABLE =
      """
      CREATE TABLE %1$s (
          "installed_rank" INT NOT NULL PRIMARY KEY,
          "version" VARCHAR(50),
          "description" VARCHAR(200) NOT NULL,
          "type" VARCHAR(20) NOT NULL,
          "script" VARCHAR(1000) NOT NULL,
          "checksum" INT,
          "installed_by" VARCHAR(100) NOT NULL,
          "installed_on" TEXT NOT NULL DEFAULT (strftime('%%Y-%%m-%%d %%H:%%M:%%f','now')),
          "execution_time" INT NOT NULL,
          "success" BOOLEAN NOT NULL
      );
      CREATE INDEX %3$s ON %1$s ("success");
      """;

  private static final String BASE_DESCRIPTION = "before the first migration";

  private final boolean postgres;
  private final Dialect dialect;
  private final String table;

  HistoryInserts(Backend backend, String table) {
    this.postgres = backend == Backend.POSTGRESQL;
    this.dialect = backend.dialect();
    this.table = table;
  }

  String create() {
    return (postgres ? POSTGRES_TABLE : SQLITE_TABLE)
        .formatted(
            dialect.quote(table), dialect.quote(table + "_pk"), dialect.quote(table + "_s_idx"));
  }

  /** The row for the version 0, which says that the chain begins in a schema that has others. */
  String base(int rank) {
    return row(rank, "0", BASE_DESCRIPTION, "BASELINE", BASE_DESCRIPTION, null);
  }

  String row(int rank, Step step) {
    String version = step.version() == null ? null : step.version().toString();
    return row(rank, version, step.description(), step.type(), step.script(), step.checksum());
  }

  private String row(
      int rank,
      @Nullable String version,
      String description,
      String type,
      String script,
      @Nullable Integer checksum) {
    return "INSERT INTO "
        + dialect.quote(table)
        + " (\"installed_rank\", \"version\", \"description\", \"type\", \"script\", \"checksum\","
        + " \"installed_by\", \"execution_time\", \"success\")\nVALUES ("
        + rank
        + ", "
        + (version == null ? "NULL" : dialect.literal(version))
        + ", "
        + dialect.literal(description)
        + ", "
        + dialect.literal(type)
        + ", "
        + dialect.literal(script)
        + ", "
        + checksum
        + (postgres ? ", current_user, 0, true);\n" : ", '', 0, 1);\n");
  }
}
