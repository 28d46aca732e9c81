package dev.outgrow.importer;

import dev.outgrow.error.StatementException;
import dev.outgrow.importer.journal.JournalTable;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.TableSteps;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes and fills tables with columns that PostgreSQL computes. What it computes is compared with
 * SQLite's values as soon as the rows are there. A column that PostgreSQL refuses, or for which it
 * computes something else, becomes a plain one that is filled with SQLite's values, and is named.
 */
final class GeneratedColumns {
  private final ImportNames names;
  private final ImportTarget target;
  private final Map<String, TableMapping> made = new HashMap<>();
  private final Map<String, List<NotCarried>> notCarried = new LinkedHashMap<>();

  GeneratedColumns(ImportNames names, ImportTarget target) {
    this.names = names;
    this.target = target;
  }

  /** Returns the expressions that are not carried. */
  List<NotCarried> notCarried() {
    return notCarried.values().stream().flatMap(List::stream).toList();
  }

  /** Takes it that a table was made and filled before. */
  void takeOver(TableMapping planned, JournalTable known) {
    made.put(planned.source(), planned.withPlain(Set.copyOf(known.plain())));
    for (JournalTable.Reason reason : known.reasons()) {
      name(planned, new NotCarried(Kind.GENERATED_COLUMN, reason.name(), reason.why()));
    }
  }

  /** Returns a table as it was made. */
  TableMapping made(TableMapping planned) {
    return made.getOrDefault(planned.source(), planned);
  }

  /** Returns the columns of a table that were to be computed and are not. */
  List<String> plain(TableMapping planned) {
    Set<String> computed = all(made(planned));
    return planned.generatedColumns().stream()
        .map(ColumnMapping::source)
        .filter(c -> !computed.contains(c))
        .toList();
  }

  /** Returns why expressions of a table are not carried. */
  List<JournalTable.Reason> reasons(String table) {
    return notCarried.getOrDefault(table, List.of()).stream()
        .map(n -> new JournalTable.Reason(n.name(), n.reason()))
        .toList();
  }

  /** Fills a table that is empty. */
  interface Filling {
    Loaded load(Step.Load step);
  }

  /** Reads a table back and compares it with the rows it was filled with. */
  interface Comparison {
    TableVerdict verify(TableMapping table, Loaded loaded);
  }

  /** Takes it that a table was made of which nothing is computed. */
  void isMade(TableMapping table) {
    notCarried.remove(table.source());
    made.put(table.source(), table);
  }

  /** Makes a table. */
  void create(TableMapping table) {
    TableMapping wanted = table;
    notCarried.remove(table.source());
    if (table.generatedColumns().isEmpty()) {
      target.make(TableSteps.create(names, table));
    } else if (refusal(table).isPresent()) {
      wanted = withoutRefused(table);
      Optional<String> together = refusal(wanted);
      if (together.isPresent()) {
        wanted = plain(wanted, all(wanted), refused(together.get()));
        target.make(TableSteps.create(names, wanted));
      }
    }
    made.put(table.source(), wanted);
  }

  /** Tries each of the computed columns alone. */
  private TableMapping withoutRefused(TableMapping table) {
    TableMapping wanted = table;
    for (ColumnMapping column : table.generatedColumns()) {
      TableMapping alone = table.withPlain(others(table, column));
      Optional<String> refusal = refusal(alone);
      if (refusal.isEmpty()) {
        target.execute(TableSteps.drop(names, alone));
      } else {
        wanted = plain(wanted, Set.of(column.source()), refused(refusal.get()));
      }
    }
    return wanted;
  }

  /** Returns why PostgreSQL does not make a table; nothing if it now has. */
  private Optional<String> refusal(TableMapping table) {
    return target.refusal(TableSteps.create(names, table));
  }

  private static String refused(String why) {
    return "PostgreSQL refuses it (" + why + ")";
  }

  /** Fills a table; if its computed columns stand in the way, it is made and filled again. */
  Loaded load(TableMapping planned, Filling filling, Comparison comparison) {
    TableMapping table = made(planned);
    while (!table.generatedColumns().isEmpty()) {
      TableMapping next = table;
      try {
        Loaded loaded = filling.load(TableSteps.load(names, table));
        TableVerdict verdict = comparison.verify(table, loaded);
        if (verdict.verified()) {
          return loaded;
        }
        next = withoutDifferent(table, verdict);
      } catch (StatementException e) {
        if (!ImportTarget.isRefusal(e)) {
          throw e;
        }
        next = plain(table, all(table), "Not with the rows that are there (" + e.what() + ")");
      }
      target.execute(TableSteps.drop(names, table));
      target.make(TableSteps.create(names, next));
      made.put(planned.source(), next);
      table = next;
    }
    return filling.load(TableSteps.load(names, table));
  }

  /**
   * Makes those columns plain that differ, or all where that cannot be told: where a table has no
   * key, a row that differs in one column is another row.
   */
  private TableMapping withoutDifferent(TableMapping table, TableVerdict verdict) {
    Set<String> different =
        verdict.differences().stream()
            .map(Difference::columns)
            .flatMap(List::stream)
            .filter(all(table)::contains)
            .collect(Collectors.toSet());
    boolean known =
        !different.isEmpty()
            && verdict.differences().stream().allMatch(d -> d.what() == Difference.What.CHANGED);
    return plain(
        table, known ? different : all(table), "PostgreSQL computes other values than SQLite");
  }

  private TableMapping plain(TableMapping table, Set<String> columns, String why) {
    for (ColumnMapping column : table.generatedColumns()) {
      ColumnMapping.Generated generated = column.generated();
      if (generated != null && columns.contains(column.source())) {
        name(
            table,
            new NotCarried(
                Kind.GENERATED_COLUMN,
                table.source() + "." + column.source(),
                "The values are carried, the expression is not. "
                    + why
                    + ": "
                    + generated.original()));
      }
    }
    return table.withPlain(columns);
  }

  private void name(TableMapping table, NotCarried thing) {
    notCarried.computeIfAbsent(table.source(), t -> new ArrayList<>()).add(thing);
  }

  private static Set<String> all(TableMapping table) {
    return table.generatedColumns().stream().map(ColumnMapping::source).collect(Collectors.toSet());
  }

  private static Set<String> others(TableMapping table, ColumnMapping column) {
    return all(table).stream().filter(c -> !c.equals(column.source())).collect(Collectors.toSet());
  }
}
