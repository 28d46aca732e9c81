package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.translate.Scope;
import dev.outgrow.importer.translate.Translation;
import dev.outgrow.importer.translate.Translator;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Generated;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.sqlite.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Translates the expressions of generated columns. One that uses another generated column comes
 * after it, because the other's expression stands in its place.
 */
final class Expressions {
  private final SourceTable table;
  private final Scope scope;
  private final Findings findings;
  private final Map<String, String> translated = new HashMap<>();

  private Expressions(SourceTable table, Scope scope, Findings findings) {
    this.table = table;
    this.scope = scope;
    this.findings = findings;
  }

  /** Returns what was translated, by the columns' names in SQLite. */
  static Map<String, String> of(SourceTable table, Scope scope, Findings findings) {
    Expressions expressions = new Expressions(table, scope, findings);
    List<Pending> pending = expressions.pending();
    while (!pending.isEmpty()) {
      expressions.translate(next(pending));
    }
    return expressions.translated;
  }

  /**
   * A generated column whose turn has not come.
   *
   * @param column the column's place
   * @param name its name, folded
   * @param generated how it is computed
   * @param uses the other generated columns that it may use: every word counts
   */
  private record Pending(int column, String name, Generated generated, Set<String> uses) {}

  private List<Pending> pending() {
    Map<Integer, Generated> generated = new TreeMap<>();
    for (int i = 0; i < table.table().columns().size(); i++) {
      Generated each = table.table().columns().get(i).generated();
      if (each != null) {
        generated.put(i, each);
      }
    }
    Set<String> names = new HashSet<>();
    generated.keySet().forEach(i -> names.add(folded(column(i))));
    List<Pending> pending = new ArrayList<>();
    generated.forEach(
        (i, each) -> {
          Set<String> uses = uses(each, names);
          uses.remove(folded(column(i)));
          pending.add(new Pending(i, folded(column(i)), each, uses));
        });
    return pending;
  }

  private Column column(int position) {
    return table.table().columns().get(position);
  }

  private static Set<String> uses(Generated generated, Set<String> names) {
    return Tokenizer.tokens(generated.expression()).stream()
        .map(t -> Identifier.folded(t.unquoted()))
        .filter(names::contains)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static String folded(Column column) {
    return Identifier.folded(column.name());
  }

  /** Takes one that uses none of the others, or the first: its words may mean something else. */
  private static Pending next(List<Pending> pending) {
    Set<String> names = pending.stream().map(Pending::name).collect(Collectors.toSet());
    for (int i = 0; i < pending.size(); i++) {
      if (pending.get(i).uses().stream().noneMatch(names::contains)) {
        return pending.remove(i);
      }
    }
    return pending.remove(0);
  }

  private void translate(Pending pending) {
    Scope.Column column = scope.columns().get(pending.column());
    String expression = pending.generated().expression();
    Translation translation =
        Translator.generated(expression, scope, column.type(), Map.copyOf(translated));
    if (translation instanceof Translation.Sql sql) {
      translated.put(column.name(), sql.text());
    } else {
      findings.notCarried(
          Kind.GENERATED_COLUMN,
          table.name() + "." + column.name(),
          "The values are carried, the expression is not. "
              + Findings.why(translation)
              + ": "
              + expression);
    }
  }
}
