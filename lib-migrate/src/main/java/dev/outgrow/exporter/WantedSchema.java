package dev.outgrow.exporter;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import dev.outgrow.schema.Schema;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out what the file is going to hold. <em>Not thread-safe.</em> */
final class WantedSchema {
  private final ExportOptions options;
  private final PgSnapshot snapshot;
  private final Findings findings;

  WantedSchema(ExportOptions options, PgSnapshot snapshot, Findings findings) {
    this.options = options;
    this.snapshot = snapshot;
    this.findings = findings;
  }

  /** Makes an empty file, for its owner alone, in which migrations can run. */
  interface Place {
    Path make() throws IOException;
  }

  /**
   * Finds it out.
   *
   * @param place where the application's migrations run, if they say what is wanted
   */
  FileSchema find(Place place) throws SQLException, IOException {
    Schema schema = snapshot.schema();
    Map<String, Map<String, PgType>> types = snapshot.types();
    Path given = options.former();
    if (!options.chains().isEmpty()) {
      given = migrated(place.make());
    }
    if (given == null) {
      Inexact inexact = Inexact.find(snapshot, types);
      return new Discovery(schema, types, options.rules(), inexact, findings).discover();
    }
    Set<String> histories =
        options.chains().stream().map(Chain::historyTable).collect(Collectors.toSet());
    return new GivenSchema(given, histories, schema, types, options.rules(), findings)
        .match(options.accepted());
  }

  private Path migrated(Path file) {
    try (Database sqlite = Database.open(DatabaseUrl.sqlite(file))) {
      Migrations migrations = Migrations.of(sqlite);
      for (Chain chain : options.chains()) {
        migrations = migrations.chain(chain);
      }
      migrations.migrate();
    }
    return file;
  }

  /** Returns how many bytes the schema's tables take. */
  long bytes() throws SQLException {
    return ofTables("pg_catalog.pg_table_size(c.oid)");
  }

  /** Returns about how many rows the schema's tables have. */
  long rows() throws SQLException {
    return ofTables("greatest(c.reltuples, 0)");
  }

  private long ofTables(String what) throws SQLException {
    return snapshot.number(
        "SELECT sum("
            + what
            + ")::bigint FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid ="
            + " c.relnamespace WHERE c.relkind = 'r' AND n.nspname = "
            + Dialect.POSTGRESQL.literal(snapshot.schemaName()));
  }
}
