package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceView;
import dev.outgrow.importer.translate.Scope;
import dev.outgrow.importer.translate.Translation;
import dev.outgrow.importer.translate.Translator;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Maps views, each behind those it reads, and says of each that stays behind why. */
final class Views {
  /** As long as a schema's name can be: what can be translated with it can be with any. */
  private static final String LONGEST_SCHEMA = "x".repeat(63);

  private final Findings findings;
  private final Map<String, String> targets = new HashMap<>();
  private final List<Scope> scopes;
  private final List<ViewMapping> mapped = new ArrayList<>();
  private final Map<String, String> behind = new TreeMap<>();

  private Views(List<Scope> tables, Findings findings) {
    this.scopes = new ArrayList<>(tables);
    this.findings = findings;
  }

  /**
   * Maps views.
   *
   * @param views the views
   * @param targets their names in PostgreSQL
   * @param tables the tables they may read
   */
  static List<ViewMapping> of(
      List<SourceView> views, Map<String, String> targets, List<Scope> tables, Findings findings) {
    Views mapping = new Views(tables, findings);
    mapping.targets.putAll(targets);
    List<Pending> pending = pending(views);
    while (!pending.isEmpty()) {
      mapping.map(next(pending));
    }
    return mapping.mapped;
  }

  /**
   * A view whose turn has not come.
   *
   * @param view the view
   * @param uses the other views that it may read: every word counts
   */
  private record Pending(SourceView view, Set<String> uses) {}

  private static List<Pending> pending(List<SourceView> views) {
    Set<String> names =
        views.stream().map(v -> Identifier.folded(v.name())).collect(Collectors.toSet());
    List<Pending> pending = new ArrayList<>();
    for (SourceView view : views) {
      Set<String> uses = new HashSet<>();
      Tokenizer.tokens(view.sql()).forEach(t -> uses.add(Identifier.folded(t.unquoted())));
      uses.retainAll(names);
      uses.remove(Identifier.folded(view.name()));
      pending.add(new Pending(view, uses));
    }
    return pending;
  }

  /** Takes one that reads none of the others, or the first: its words may mean something else. */
  private static Pending next(List<Pending> pending) {
    Set<String> names =
        pending.stream().map(p -> Identifier.folded(p.view().name())).collect(Collectors.toSet());
    for (int i = 0; i < pending.size(); i++) {
      if (pending.get(i).uses().stream().noneMatch(names::contains)) {
        return pending.remove(i);
      }
    }
    return pending.remove(0);
  }

  private void map(Pending pending) {
    SourceView view = pending.view();
    if (!view.unreadable().isEmpty()) {
      named(view, "SQLite itself cannot answer it (" + view.unreadable() + ")");
      return;
    }
    Translation translation =
        Translator.view(view.sql(), ViewMapping.inSchema(scopes, LONGEST_SCHEMA), view.columns());
    if (translation instanceof Translation.Select select) {
      map(view, select);
    } else {
      named(view, why(translation, pending.uses()));
    }
  }

  private String why(Translation translation, Set<String> uses) {
    return uses.stream()
        .filter(behind::containsKey)
        .map(behind::get)
        .findFirst()
        .map(v -> "It reads the view " + v + ", which is not carried")
        .orElse(Findings.why(translation));
  }

  private void map(SourceView view, Translation.Select select) {
    String target = targets.getOrDefault(view.name(), view.name());
    PostgresNames names = PostgresNames.ofColumns();
    List<ColumnMapping> columns = new ArrayList<>();
    List<Scope.Column> seen = new ArrayList<>();
    for (Scope.Column column : select.columns()) {
      Optional<TargetType> type = TargetType.ofSql(column.type());
      if (type.isEmpty()) {
        named(view, "Its column " + column.name() + " has no known type");
        return;
      }
      String name = names.take(column.name(), "column\0" + column.name());
      findings.renamed("column", column.name(), name);
      columns.add(
          new ColumnMapping(column.name(), name, type.get(), false, null, null, false, null));
      seen.add(
          new Scope.Column(
              column.name(),
              name,
              column.type(),
              column.declared(),
              column.collation(),
              column.uniform()));
    }
    Scope scope = new Scope(view.name(), Identifier.of(target), seen);
    mapped.add(
        new ViewMapping(view.name(), target, columns, view.sql(), scopes, isSteady(select), scope));
    scopes.add(scope);
  }

  private boolean isSteady(Translation.Select select) {
    String sql = select.text();
    return !sql.contains("statement_timestamp()")
        && !sql.contains("gen_random_uuid()")
        && mapped.stream()
            .filter(v -> !v.steady())
            .noneMatch(v -> sql.contains("." + Dialect.POSTGRESQL.quote(v.target())));
  }

  private void named(SourceView view, String why) {
    behind.put(Identifier.folded(view.name()), view.name());
    findings.notCarried(Kind.VIEW, view.name(), why + ": " + view.sql());
  }
}
