package dev.outgrow.importer.postgres;

import dev.outgrow.importer.existing.ExistingKey;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.existing.Merged;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.MarkSql;
import dev.outgrow.importer.plan.MergeSql;
import dev.outgrow.importer.plan.TransferSql;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.verify.Bystanders;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableDigest;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Adds staged rows to those that the tables hold, within a transaction, and proves that the file's
 * rows are there and all others are as they were.
 */
final class Merge implements Comparison {
  /** What becomes of a table of which the file has no rows, and that may then have no key. */
  private static final Merged NOTHING = new Merged(0, 0, 0, 0);

  private final ImportSession session;
  private final ImportNames names;
  private final ExistingMapping mapping;
  private final MarkSql marks;
  private final MergeSql sql;
  private final Map<String, Merged> merged = new HashMap<>();
  private final Map<String, String> bystanders = new HashMap<>();

  /** Begins with the tables as they are now, which nobody else can change any more. */
  Merge(ImportSession session, ImportNames names, ExistingMapping mapping) {
    this.session = session;
    this.names = names;
    this.mapping = mapping;
    this.marks = new MarkSql(names, mapping);
    this.sql = new MergeSql(names, mapping);
  }

  /** Returns the schema that keeps the former versions of rows that change; empty if none does. */
  String run(Set<ExistingKey> orphaned) throws SQLException {
    TransferSql around = new TransferSql(names, mapping);
    run(around.open());
    List<LandedTable> tables = mapping.tables().stream().filter(t -> !t.key().isEmpty()).toList();
    for (LandedTable table : tables) {
      run(marks.mark(table));
      merged.put(table.mapping().source(), count(table));
      bystanders.put(table.mapping().source(), digest(table, false));
    }
    boolean updates = merged.values().stream().anyMatch(m -> m.updated() > 0);
    if (updates) {
      session.run(sql.makeFormer());
    }
    for (LandedTable table : tables) {
      if (merged(table.mapping()).orElseThrow().updated() > 0) {
        run(sql.update(table));
      }
      session.run(sql.insert(table));
    }
    run(around.settle(orphaned));
    return updates ? names.former() : "";
  }

  @Override
  public Optional<Merged> merged(TableMapping table) {
    return Optional.of(merged.getOrDefault(table.source(), NOTHING));
  }

  @Override
  public TableVerdict verify(
      TableMapping table, TableDigest source, Supplier<RowCursor> rows, LongConsumer progress)
      throws SQLException {
    LandedTable landed = mapping.landed(table);
    if (landed.key().isEmpty()) {
      return TableVerdict.nothing(table.source(), source);
    }
    TableVerdict verdict = compare(landed, source, rows, progress);
    List<Difference> differences = new ArrayList<>(verdict.differences());
    if (!digest(landed, true).equals(bystanders.get(table.source())) || lacks(landed)) {
      differences.add(new Difference(table.source(), "", Difference.What.DISTURBED, List.of()));
    }
    return new TableVerdict(table.source(), verdict.source(), verdict.target(), differences);
  }

  /** Where rows stay that the file has otherwise, the others are compared as they were staged. */
  private TableVerdict compare(
      LandedTable table, TableDigest source, Supplier<RowCursor> rows, LongConsumer progress)
      throws SQLException {
    Verifier verifier = new Verifier(session.connection(), names.target());
    boolean whole = merged(table.mapping()).orElseThrow().kept() == 0;
    return whole && table.keepsExactly()
        ? verifier.verify(table.mapping(), sql.back(table), source, rows, progress)
        : verifier.compare(table.mapping(), sql.expected(table), sql.back(table), source, progress);
  }

  /** Each of the file's rows has one that is there, even where it is another. */
  private boolean lacks(LandedTable table) throws SQLException {
    Merged counted = merged(table.mapping()).orElseThrow();
    long marked = counted.inserted() + counted.updated() + counted.equal() + counted.kept();
    return numbers(marks.countThere(table)).getOrDefault("", 0L) != marked;
  }

  private String digest(LandedTable table, boolean after) throws SQLException {
    return Bystanders.digest(session.connection(), sql.bystanders(table, after));
  }

  private Merged count(LandedTable table) throws SQLException {
    Map<String, Long> fates = numbers(marks.count(table));
    return new Merged(
        fates.getOrDefault(MarkSql.INSERTED, 0L),
        fates.getOrDefault(MarkSql.UPDATED, 0L),
        fates.getOrDefault(MarkSql.EQUAL, 0L),
        fates.getOrDefault(MarkSql.KEPT, 0L));
  }

  /** Returns the last column of each row by the first; by nothing where there is only one. */
  private Map<String, Long> numbers(String query) throws SQLException {
    try (Statement statement = session.connection().createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      Map<String, Long> numbers = new HashMap<>();
      while (rows.next()) {
        numbers.put(columns == 1 ? "" : rows.getString(1), rows.getLong(columns));
      }
      return numbers;
    }
  }

  private void run(List<String> statements) throws SQLException {
    for (String statement : statements) {
      session.run(statement);
    }
  }
}
