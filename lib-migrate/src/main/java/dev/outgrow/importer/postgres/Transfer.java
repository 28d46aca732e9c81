package dev.outgrow.importer.postgres;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.existing.ExistingKey;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.ExistingSchema;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.LandingSql;
import dev.outgrow.importer.plan.RestoreSql;
import dev.outgrow.importer.plan.TransferSql;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.ObjectVerifier;
import dev.outgrow.importer.verify.TableDigest;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Brings staged rows into the tables that are there. All of it happens in one transaction. */
final class Transfer {
  private final ImportSession session;
  private final ImportNames names;
  private final ExistingMapping planned;
  private final boolean replace;
  private final boolean trial;
  private final Set<ExistingKey> unproven = new HashSet<>();

  /**
   * Prepares it.
   *
   * @param session the session it happens in
   * @param names the schemas
   * @param planned what goes where
   * @param replace whether rows that the tables hold may be moved aside
   * @param trial whether all of it is going to be undone
   */
  Transfer(
      ImportSession session,
      ImportNames names,
      ExistingMapping planned,
      boolean replace,
      boolean trial) {
    this.session = session;
    this.names = names;
    this.planned = planned;
    this.replace = replace;
    this.trial = trial;
  }

  /**
   * Runs it, and lets the proof decide whether it stays.
   *
   * @param orphaned the foreign keys whose rows may refer to nothing
   * @return what was moved
   */
  Moved run(LockRetry.Locks locks, Set<ExistingKey> orphaned, Proof proof) throws SQLException {
    for (String statement : new TransferSql(names, planned).lock()) {
      locks.take(statement);
    }
    ExistingMapping now = lookAgain();
    TransferSql sql = new TransferSql(names, now);
    Moved moved =
        now.appends() ? merge(now, orphaned, proof, locks) : replace(now, orphaned, proof, locks);
    if (!trial) {
      run(sql.finish());
      refuseTakenNumbers();
    }
    return moved;
  }

  private Moved merge(
      ExistingMapping now, Set<ExistingKey> orphaned, Proof proof, LockRetry.Locks locks)
      throws SQLException {
    Merge merge = new Merge(session, names, now);
    String former = merge.run(orphaned);
    unproven.addAll(orphaned);
    locks.cannotRepeat(); // somebody is told how far the comparison is
    proof.prove(merge);
    return Moved.appended(former, tables(now));
  }

  private Moved replace(
      ExistingMapping now, Set<ExistingKey> orphaned, Proof proof, LockRetry.Locks locks)
      throws SQLException {
    run(new TransferSql(names, now).change(orphaned));
    unproven.addAll(orphaned);
    locks.cannotRepeat(); // somebody is told how far the comparison is
    proof.prove(this::verify);
    return new Moved(
        false,
        now.filled().isEmpty() ? "" : names.before(),
        tables(now),
        now.keys().stream()
            .filter(k -> orphaned.contains(k) && !k.notValid())
            .map(RestoreSql::id)
            .toList(),
        false);
  }

  private static List<String> tables(ExistingMapping now) {
    return now.tables().stream().map(t -> t.existing().name()).toList();
  }

  /** Between the plan and the lock others may have changed tables, or filled them. */
  private ExistingMapping lookAgain() throws SQLException {
    ExistingSchema live = ExistingTables.read(session.connection(), names.target());
    if (!live.shape().equals(planned.schema().shape())) {
      throw new TargetException(
          names.target(),
          List.of(),
          "The tables of schema " + names.target() + " were changed while the file was loaded.",
          "Run the import again when nobody else changes them.",
          null);
    }
    ExistingMapping now = planned.asOf(live);
    if (!replace && !now.appends() && !now.filled().isEmpty()) {
      List<String> filled = now.filled().stream().map(t -> t.existing().name()).toList();
      throw new TargetException(
          names.target(),
          filled,
          "While the file was loaded, rows came into " + String.join(", ", filled) + ".",
          "Stop the application and run the import again.",
          null);
    }
    return now;
  }

  private TableVerdict verify(
      TableMapping table, TableDigest source, Supplier<RowCursor> rows, LongConsumer progress)
      throws SQLException {
    LandedTable landed = planned.landed(table);
    TableVerdict verdict =
        verify(
            new Verifier(session.connection(), names.target()),
            landed,
            new LandingSql(names.staging(), names.target()),
            source,
            rows,
            progress);
    return verdict.with(
        objects().unheld(table.source(), landed.existing().name(), c -> mayBeUnproven(landed, c)));
  }

  private ObjectVerifier objects() {
    return new ObjectVerifier(session.connection(), names.target());
  }

  /** Sequences are set when everything else is proven, because that cannot be undone. */
  private void refuseTakenNumbers() throws SQLException {
    for (LandedTable table : planned.tables()) {
      String name = table.existing().name();
      for (Difference taken : objects().takenNumbers(table.mapping().source(), name)) {
        throw new TargetException(
            names.target(),
            List.of(name),
            "The sequence of " + name + ", " + taken.columns() + " would give numbers again.",
            "Look whether a trigger or another program sets it, then run the import again.",
            null);
      }
    }
  }

  /** What the application's migrations left unproven stays so; keys were made again. */
  private boolean mayBeUnproven(LandedTable table, ObjectVerifier.Constraint constraint) {
    return !constraint.isForeignKey()
        || planned.keys().stream()
            .filter(k -> k.name().equals(constraint.name()))
            .filter(k -> k.table().name().equals(table.existing().name()))
            .allMatch(k -> k.notValid() || unproven.contains(k));
  }

  /** Where a type spells values anew, the staged ones are spelt anew as well and compared so. */
  static TableVerdict verify(
      Verifier verifier,
      LandedTable table,
      LandingSql sql,
      TableDigest source,
      Supplier<RowCursor> rows,
      LongConsumer progress)
      throws SQLException {
    return table.keepsExactly()
        ? verifier.verify(table.mapping(), sql.back(table), source, rows, progress)
        : verifier.compare(table.mapping(), sql.expected(table), sql.back(table), source, progress);
  }

  private void run(List<String> statements) throws SQLException {
    for (String statement : statements) {
      session.run(statement);
    }
  }
}
