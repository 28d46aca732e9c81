package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.translate.Scope;
import dev.outgrow.importer.translate.Translation;
import dev.outgrow.importer.translate.Translator;
import dev.outgrow.importer.translate.TriggerTable;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.UniqueKey;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Maps triggers, and says of each that stays behind why. */
final class Triggers {
  private final Findings findings;
  private final Map<String, TriggerTable> tables = new HashMap<>();
  private final List<TriggerTable> readable = new ArrayList<>();

  /** Functions and triggers have their names to themselves. */
  private final PostgresNames names = PostgresNames.ofObjects();

  private Triggers(Findings findings) {
    this.findings = findings;
  }

  static List<TriggerMapping> of(
      List<Trigger> triggers,
      List<SourceTable> tables,
      Map<String, Scope> scopes,
      List<ViewMapping> views,
      Findings findings) {
    Triggers mapping = new Triggers(findings);
    for (SourceTable table : tables) {
      Scope scope = scopes.get(table.name());
      if (scope != null) {
        mapping.tables.put(Identifier.folded(table.name()), table(table, scope));
      }
    }
    mapping.readable.addAll(mapping.tables.values());
    views.forEach(v -> mapping.readable.add(TriggerTable.view(v.scope())));
    List<TriggerMapping> mapped = new ArrayList<>();
    triggers.forEach(t -> mapping.map(t).ifPresent(mapped::add));
    return mapping.withoutConflicts(mapped);
  }

  private static TriggerTable table(SourceTable source, Scope scope) {
    List<List<String>> keys =
        new ArrayList<>(source.table().uniqueKeys().stream().map(UniqueKey::columns).toList());
    if (source.table().primaryKey() != null) {
      keys.add(source.table().primaryKey().columns());
    }
    return new TriggerTable(
        scope,
        identity(source),
        keys.stream().map(k -> exact(source, k)).toList(),
        source.table().columns().stream()
            .filter(c -> c.generated() != null)
            .map(Column::name)
            .collect(Collectors.toSet()),
        source.table().foreignKeys().stream().anyMatch(Triggers::follows)
            ? TriggerTable.Changes.REFERENCES
            : TriggerTable.Changes.ITSELF);
  }

  private static boolean follows(ForeignKey key) {
    return Stream.of(key.onDelete(), key.onUpdate())
        .anyMatch(a -> a != ForeignKey.Action.NO_ACTION && a != ForeignKey.Action.RESTRICT);
  }

  private static @Nullable String identity(SourceTable source) {
    return source.table().columns().stream()
        .filter(c -> c.identity() != Identity.NONE)
        .map(Column::name)
        .findFirst()
        .orElse(null);
  }

  /** Returns the names of columns in the case in which the table declares them. */
  private static List<String> exact(SourceTable source, List<String> columns) {
    return SourceNames.positions(source, columns).stream()
        .map(p -> source.table().columns().get(p).name())
        .toList();
  }

  private Optional<TriggerMapping> map(Trigger trigger) {
    TriggerTable table = tables.get(Identifier.folded(trigger.table()));
    if (table == null) {
      named(trigger.name(), trigger.sql(), "It is on " + trigger.table() + ", which is no table");
      return Optional.empty();
    }
    Translation translation = Translator.trigger(trigger.sql(), table, readable);
    if (!(translation instanceof Translation.Trigger translated)) {
      named(trigger.name(), trigger.sql(), Findings.why(translation));
      return Optional.empty();
    }
    String name = names.take(trigger.name(), "trigger\0" + trigger.name());
    findings.renamed("trigger", trigger.name(), name);
    return Optional.of(
        new TriggerMapping(
            trigger.name(), name, table.scope().target().name(), translated, trigger.sql()));
  }

  /**
   * Leaves out those that set columns and by that would set off another one in SQLite, or change
   * what another one sees.
   */
  private List<TriggerMapping> withoutConflicts(List<TriggerMapping> mapped) {
    List<TriggerMapping> kept = new ArrayList<>();
    for (TriggerMapping trigger : mapped) {
      Optional<TriggerMapping> other =
          mapped.stream().filter(o -> conflict(trigger, o)).findFirst();
      if (other.isPresent()) {
        String why = "What it sets concerns the trigger " + other.get().source() + " as well";
        named(trigger.source(), trigger.original(), why);
      } else {
        kept.add(trigger);
      }
    }
    return kept;
  }

  private static boolean conflict(TriggerMapping setting, TriggerMapping other) {
    List<String> touched = setting.translation().touched();
    Translation.Trigger what = other.translation();
    boolean sameTable = setting.table().equals(other.table());
    if (touched.isEmpty() || !sameTable || setting.equals(other)) {
      return false;
    }
    boolean setOff =
        what.event().equals("UPDATE")
            && (what.columns().isEmpty() || what.columns().stream().anyMatch(touched::contains));
    String text = what.condition() + what.body();
    return setOff
        || (what.event().equals(setting.translation().event())
            && touched.stream().anyMatch(c -> speaksOf(text, c)));
  }

  /** Within a query that is put together, a name's own single quotes are doubled. */
  private static boolean speaksOf(String text, String column) {
    String name = "NEW." + Dialect.POSTGRESQL.quote(column);
    return text.contains(name) || text.contains(name.replace("'", "''"));
  }

  private void named(String name, String sql, String why) {
    findings.notCarried(Kind.TRIGGER, name, why + ": " + sql);
  }
}
