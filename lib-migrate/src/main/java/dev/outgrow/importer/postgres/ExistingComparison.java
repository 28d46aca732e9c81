package dev.outgrow.importer.postgres;

import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.plan.LandingSql;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.ObjectVerifier;
import dev.outgrow.importer.verify.TableDigest;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Compares tables with a file at any later time. Where a type spells values anew, the file's are
 * put into a temporary table, so that the server spells them as well.
 */
final class ExistingComparison {
  /** What PostgreSQL calls the schema of a session's own temporary tables. */
  private static final String TEMPORARY = "pg_temp";

  private final ImportSession session;
  private final Loader loader;
  private final String target;

  ExistingComparison(ImportSession session, Loader loader, String target) {
    this.session = session;
    this.loader = loader;
    this.target = target;
  }

  TableVerdict compare(LandedTable table, Supplier<RowCursor> rows, LongConsumer progress)
      throws SQLException {
    TableVerdict verdict =
        table.keepsExactly()
            ? Transfer.verify(
                verifier(),
                table,
                new LandingSql(TEMPORARY, target),
                Verifier.digest(table.mapping(), rows.get()),
                rows,
                progress)
            : session.inTransaction(() -> compareStaged(table, rows, progress));
    // Which constraints the application's own migrations left unproven, nobody knows any more.
    return verdict.with(
        new ObjectVerifier(session.connection(), target)
            .differences(table.mapping().source(), table.existing().name(), c -> true));
  }

  private TableVerdict compareStaged(
      LandedTable table, Supplier<RowCursor> rows, LongConsumer progress) throws SQLException {
    LandingSql sql = new LandingSql(TEMPORARY, target);
    session.run(sql.makeStaged(table, false));
    try (RowCursor cursor = rows.get()) {
      Loaded loaded = loader.load(sql.load(table), cursor, (sent, bytes) -> {});
      TableVerdict verdict =
          Transfer.verify(verifier(), table, sql, loaded.digest(), rows, progress);
      session.run(sql.dropStaged(table));
      return verdict;
    }
  }

  /** Rows whose keys the file has not are left out; which these are, the server is asked. */
  TableVerdict compareAmongOthers(
      LandedTable table, Supplier<RowCursor> rows, LongConsumer progress) throws SQLException {
    if (table.key().isEmpty()) {
      return TableVerdict.nothing(
          table.mapping().source(), Verifier.digest(table.mapping(), rows.get()));
    }
    return session.inTransaction(
        () -> {
          LandingSql sql = new LandingSql(TEMPORARY, target);
          session.run(sql.makeStaged(table, false));
          try (RowCursor cursor = rows.get()) {
            TableDigest source = loader.load(sql.load(table), cursor, (sent, bytes) -> {}).digest();
            String found = sql.backOfStaged(table);
            TableVerdict verdict =
                table.keepsExactly()
                    ? verifier().verify(table.mapping(), found, source, rows, progress)
                    : verifier()
                        .compare(table.mapping(), sql.expected(table), found, source, progress);
            session.run(sql.dropStaged(table));
            return verdict;
          }
        });
  }

  private Verifier verifier() {
    return new Verifier(session.connection(), target);
  }
}
