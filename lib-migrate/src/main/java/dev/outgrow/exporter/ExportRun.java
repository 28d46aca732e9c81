package dev.outgrow.exporter;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.plan.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;

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
      throw halt.told(SqlFailures.translate(e, "The export into " + file));
    } catch (IOException e) {
      throw halt.told(DraftFile.unwritable(file, e));
    } catch (OutgrowException e) {
      throw halt.told(e);
    }
  }

  private ExportReport export(DraftFile draft, Halt halt) throws SQLException, IOException {
    try (PgSnapshot snapshot = PgSnapshot.take(database, options.schema(), halt)) {
      WantedSchema schema = new WantedSchema(options, snapshot, findings);
      requireRoom(draft, schema.bytes());
      FileSchema wanted = schema.find(draft::createSchema);
      draft.create(draft.path());
      Pace pace = new Pace(options.listener(), halt, schema.rows());
      Tables tables = new Tables(draft, snapshot, wanted, findings, pace, halt);
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

  private void requireRoom(DraftFile draft, long needed) throws IOException {
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
