package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.error.ValueException;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.Trait;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** Finds out what tables really hold: by reading them, or on the way when they are read anyway. */
final class Surveyor {
  private static final int PROGRESS_ROWS = 10_000;

  /** With a smaller limit, a row that is read as a whole may have more bytes than it allows. */
  private static final long SMALLEST_LIMIT = 2 * LargeAccess.WHOLE_ROW;

  private final TableReads reads;
  private final UnknownCollations collations;
  private final Map<String, SqliteTable> tables;

  /**
   * Prepares.
   *
   * @param reads reads the tables
   * @param collations tells whether a value cannot be known
   * @param tables all tables by folded name, which keys may refer to
   */
  Surveyor(TableReads reads, UnknownCollations collations, Map<String, SqliteTable> tables) {
    this.reads = reads;
    this.collations = collations;
    this.tables = tables;
  }

  SourceTable survey(
      SqliteTable table, List<Set<Trait>> traits, long largestRow, LongConsumer progress)
      throws SQLException {
    TableSurvey survey = begin(table, traits);
    long oversized = reads.sizes().measure(table, largestRow);
    if (reads.sizes().mayExceed(table, largestRow)) {
      survey.refuseRowsLargerThan(largestRow);
    }
    try (RowCursor rows = reads.rows(table)) {
      while (rows.next()) {
        survey.see(rows.row());
        if (survey.rows() % PROGRESS_ROWS == 0) {
          progress.accept(survey.rows());
        }
      }
    }
    return seen(table, survey, oversized, keys(table, traits));
  }

  Optional<Glimpse> glimpse(SqliteTable table, List<Set<Trait>> traits, long largestRow, long most)
      throws SQLException {
    if (largestRow < SMALLEST_LIMIT) {
      return Optional.empty();
    }
    TableSurvey survey;
    try (WatchedRows rows = watch(table, traits)) {
      survey = rows.survey();
      while (survey.rows() < most && rows.next()) {
        // looked at on the way
      }
    } catch (ValueException large) {
      return Optional.empty();
    }
    boolean all = survey.rows() < most;
    SourceTable seen = seen(table, survey, 0, keys(table, traits));
    return Optional.of(new Glimpse(all ? seen : seen.withRows(reads.countRead(table)), all));
  }

  WatchedRows watch(SqliteTable table, List<Set<Trait>> traits) throws SQLException {
    TableSurvey survey = begin(table, traits);
    return new WatchedRows(reads.wholeRows(table), survey);
  }

  Optional<SourceTable> finish(
      SqliteTable table, SourceTable glimpsed, WatchedRows rows, LongConsumer progress)
      throws SQLException {
    Optional<TableSurvey> survey = rows.finish(progress);
    if (survey.isEmpty()) {
      return Optional.empty();
    }
    KeyCounts keys = new KeyCounts(glimpsed.orphans(), glimpsed.spelledOtherwise());
    return Optional.of(seen(table, survey.get(), 0, keys));
  }

  private TableSurvey begin(SqliteTable table, List<Set<Trait>> traits) {
    return new TableSurvey(reads.file(), table, reads.access(table).identityPosition(), traits);
  }

  private SourceTable seen(SqliteTable table, TableSurvey survey, long oversized, KeyCounts keys)
      throws SQLException {
    collations.refuseIfAsked(reads.file(), table.name());
    long handedOut = table.autoincrement() ? reads.number(Queries.lastSequence(table.table())) : 0;
    return new SourceTable(
        table.table(),
        survey.rows(),
        survey.profiles(),
        Math.max(survey.lastId(), handedOut),
        keys.orphans(),
        keys.spelledOtherwise(),
        oversized);
  }

  private KeyCounts keys(SqliteTable table, List<Set<Trait>> traits) throws SQLException {
    return KeyCounts.of(table.table(), tables, traits, reads::number);
  }
}
