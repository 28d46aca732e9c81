package dev.outgrow.importer.file;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.Difference.Values;
import dev.outgrow.importer.verify.Difference.What;
import dev.outgrow.importer.verify.TableVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Compares two files: what they define, and every row. It shares nothing with what wrote the rows.
 * <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class FileComparison {
  private final Connection source;
  private final Connection target;
  private final long most;

  /**
   * Compares what two connections read.
   *
   * @param source the one side
   * @param target the other
   * @param most how many rows of each table of the source are meant
   */
  public FileComparison(Connection source, Connection target, long most) {
    this.source = source;
    this.target = target;
    this.most = most;
  }

  /**
   * Compares the definitions.
   *
   * @param wanted those that the target has to have, word for word
   * @return those it has not, or has in other words
   */
  public List<Difference> definitions(List<Definition> wanted) {
    Map<String, String> there = new HashMap<>();
    FileSchema.read(target).definitions().forEach(d -> there.put(d.describe(), d.sql()));
    List<Difference> found = new ArrayList<>();
    for (Definition each : wanted) {
      String sql = there.get(each.describe());
      if (sql == null || !sql.equals(each.sql())) {
        What what = sql == null ? What.ABSENT : What.REDEFINED;
        boolean self = each.type().equals("table");
        found.add(
            new Difference(
                self ? each.name() : each.table(),
                "",
                what,
                self ? List.of() : List.of(each.describe())));
      }
    }
    return found;
  }

  /** Compares all rows of a table that both have in the same words. */
  public TableVerdict rows(StoredTable table, LongConsumer progress) {
    try {
      Checksum ours = RowSums.of(source, table, most, progress);
      Checksum theirs = RowSums.of(target, table, Long.MAX_VALUE, rows -> {});
      List<Difference> found =
          ours.equals(theirs) ? List.of() : RowDifferences.of(source, target, table, most);
      return new TableVerdict(table.name(), ours, theirs, found);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Comparing table " + table.name());
    }
  }

  /** Compares the last numbers that tables have given to rows ({@code AUTOINCREMENT}). */
  public List<Difference> lastNumbers(List<StoredTable> tables) {
    try {
      Map<String, String> ours = LastNumbers.of(source);
      Map<String, String> theirs = LastNumbers.of(target);
      return tables.stream()
          .map(StoredTable::name)
          .filter(t -> !number(ours, t).equals(number(theirs, t)))
          .map(t -> lastNumber(t, number(ours, t), number(theirs, t)))
          .toList();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Comparing sqlite_sequence");
    }
  }

  private static String number(Map<String, String> numbers, String table) {
    return numbers.getOrDefault(table, "none");
  }

  private static Difference lastNumber(String table, String ours, String theirs) {
    String where = "sqlite_sequence";
    List<Values> values = List.of(new Values(where, ours, theirs));
    return new Difference(table, "", What.ALTERED, List.of(where), values);
  }
}
