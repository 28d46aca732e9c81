package dev.outgrow.exporter;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TargetException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import dev.outgrow.schema.Schema;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One export from its beginning to its end. <em>Not thread-safe.</em> */
final class ExportRun {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final Path file;
  private final ExportOptions options;
  private final Findings findings = new Findings();
  private final long began = System.nanoTime();

  ExportRun(Database database, Path file, ExportOptions options) {
    this.database = database;
    this.file = file;
    this.options = options;
  }

  ExportReport run() {
    try (Halt halt = new Halt(options)) {
      return run(halt);
    }
  }

  private ExportReport run(Halt halt) {
    try (DraftFile draft = DraftFile.begin(file, options.replace())) {
      halt.check();
      return export(draft, halt);
    } catch (SQLException e) {
      throw told(SqlFailures.translate(e, "The export into " + file), halt);
    } catch (IOException e) {
      throw told(DraftFile.unwritable(file, e), halt);
    } catch (OutgrowException e) {
      throw told(e, halt);
    }
  }

  /** What breaks because somebody stops it says nothing. */
  private static OutgrowException told(OutgrowException failure, Halt halt) {
    boolean own =
        failure instanceof CancelledException
            || failure instanceof TimeLimitException
            || failure instanceof ExportDifferenceException;
    return !own && halt.isAsked() ? halt.cancelled(failure) : failure;
  }

  private ExportReport export(DraftFile draft, Halt halt) throws SQLException, IOException {
    try (PgSnapshot snapshot = PgSnapshot.take(database, options.schema(), halt)) {
      requireRoom(draft, snapshot);
      FileSchema wanted = schema(draft, snapshot);
      draft.create(draft.path());
      Pace pace = new Pace(options.listener(), halt, estimate(snapshot, wanted));
      Tables tables = new Tables(draft.path(), snapshot, wanted, findings, pace, halt);
      ExportReport done = tables.carry(database.describe() + ", schema " + options.schema(), file);
      if (!done.verified()) {
        throw new ExportDifferenceException(with(done, ""));
      }
      halt.check();
      pace.enter(Phase.SWAP);
      Path before =
          draft.publish(Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE).substring(8));
      pace.leave();
      pace.done();
      return with(done, before == null ? "" : before.toString());
    }
  }

  private ExportReport with(ExportReport done, String before) {
    return new ExportReport(
        done.source(),
        done.file(),
        before,
        done.tables(),
        findings.notCarried(),
        findings.renamed(),
        findings.changedTypes(),
        findings.leftOut(),
        done.differences(),
        (System.nanoTime() - began) / 1_000_000);
  }

  private FileSchema schema(DraftFile draft, PgSnapshot snapshot) throws SQLException, IOException {
    Schema schema = snapshot.schema();
    Map<String, Map<String, PgType>> types = snapshot.types();
    Path given = options.former();
    if (!options.chains().isEmpty()) {
      given = migrated(draft);
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

  private Path migrated(DraftFile draft) throws IOException {
    Path path = draft.schemaPath();
    draft.create(path);
    try (Database sqlite = Database.open(DatabaseUrl.sqlite(path))) {
      Migrations migrations = Migrations.of(sqlite);
      for (Chain chain : options.chains()) {
        migrations = migrations.chain(chain);
      }
      migrations.migrate();
    }
    return path;
  }

  private static long estimate(PgSnapshot snapshot, FileSchema wanted) throws SQLException {
    if (wanted.carried().isEmpty()) {
      return 0;
    }
    return snapshot.number(
        "SELECT sum(greatest(reltuples, 0))::bigint FROM pg_catalog.pg_class c JOIN"
            + " pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND"
            + " n.nspname = "
            + Dialect.POSTGRESQL.literal(snapshot.schemaName()));
  }

  private void requireRoom(DraftFile draft, PgSnapshot snapshot) throws SQLException, IOException {
    long needed =
        snapshot.number(
            "SELECT sum(pg_catalog.pg_table_size(c.oid))::bigint FROM pg_catalog.pg_class c JOIN"
                + " pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND"
                + " n.nspname = "
                + Dialect.POSTGRESQL.literal(snapshot.schemaName()));
    long room = draft.room();
    if (room < needed) {
      throw new TargetException(
          file.toString(),
          List.of(),
          "The tables take "
              + needed
              + " bytes in PostgreSQL, and the disk of "
              + file
              + " has room for "
              + room
              + ".",
          "Make room, or name a file on another disk.",
          null);
    }
  }
}
