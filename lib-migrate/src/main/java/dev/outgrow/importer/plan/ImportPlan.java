package dev.outgrow.importer.plan;

import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.Finding;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.verify.Verifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything an import will do in PostgreSQL, in order, with its SQL.
 *
 * <p><em>Immutable.</em>
 *
 * @param names the schemas it works in
 * @param mapping what becomes of what
 * @param steps what is done, in order
 * @param findings in what the file and tables that are there already do not agree
 * @param schemaPrints a hash of each definition of the file for which it was made, by its kind and
 *     name: {@code table users}; empty in a plan that is under way
 * @param tactics how it goes about what can be done in several ways
 * @since 0.1
 */
public record ImportPlan(
    ImportNames names,
    SchemaMapping mapping,
    List<Step> steps,
    List<Finding> findings,
    Map<String, String> schemaPrints,
    Tactics tactics) {

  /** Copies the lists and the map. */
  public ImportPlan {
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
    schemaPrints = Map.copyOf(schemaPrints);
  }

  /** Makes one that does not say for which schema. */
  public ImportPlan(
      ImportNames names, SchemaMapping mapping, List<Step> steps, List<Finding> findings) {
    this(names, mapping, steps, findings, Map.of(), Tactics.NONE);
  }

  /** Returns the same plan with the definitions of the file for which it was made. */
  public ImportPlan of(Map<String, String> prints) {
    return new ImportPlan(names, mapping, steps, findings, prints, tactics);
  }

  /**
   * Plans an import.
   *
   * @param names the schemas it works in
   * @param mapping what becomes of what
   * @param state what the target holds
   */
  public static ImportPlan of(ImportNames names, SchemaMapping mapping, TargetState state) {
    return of(names, mapping, state, false, Tactics.NONE);
  }

  /**
   * Plans an import.
   *
   * @param names the schemas it works in
   * @param mapping what becomes of what
   * @param state what the target holds
   * @param rejects whether there are rows that cannot be carried
   * @param tactics how it goes about it
   */
  public static ImportPlan of(
      ImportNames names,
      SchemaMapping mapping,
      TargetState state,
      boolean rejects,
      Tactics tactics) {
    Ddl ddl = new Ddl(names.staging());
    List<TableMapping> tables = mapping.tables();
    List<Step> steps = new ArrayList<>();
    String staging = "CREATE SCHEMA " + Dialect.POSTGRESQL.quote(names.staging());
    steps.add(new Step.Execute(Phase.PREPARE, "Make the staging schema", List.of(staging)));
    tables.forEach(t -> steps.add(TableSteps.create(names, t)));
    for (TableMapping table : tables) {
      List<String> plain = tactics.storing(table, names.staging());
      if (!plain.isEmpty()) {
        steps.add(new Step.StorePlain(table, plain));
      }
      steps.add(TableSteps.load(names, table));
    }
    if (rejects) {
      steps.add(new Step.KeepRejects(append(RejectSql.create(names), RejectSql.insert(names))));
    }
    tables.forEach(t -> steps.addAll(ddl.keysAndIndexes(t)));
    tables.forEach(t -> steps.addAll(ddl.checks(t)));
    tables.forEach(t -> steps.addAll(ddl.foreignKeys(t)));
    tables.forEach(t -> steps.addAll(ddl.computedDefaults(t)));
    tables.forEach(
        t -> finish(steps, "Numbers for new rows of " + t.target(), ddl.identities(t), t, 0));
    for (TableMapping table : tables) {
      String title = "How new blobs of " + table.target() + " are stored";
      finish(steps, title, tactics.puttingBack(table, names.staging()), table, 0);
    }
    tables.forEach(
        t -> finish(steps, "Statistics of " + t.target(), List.of(ddl.analyze(t)), t, t.rows()));
    mapping.views().forEach(v -> steps.add(ddl.view(v)));
    tables.forEach(t -> steps.add(new Step.Verify(t, Verifier.readBackSql(t, names.staging()))));
    mapping.views().forEach(v -> steps.add(ViewSteps.compare(names, v)));
    // A trigger that asks a view has to come behind those views that stay.
    mapping.triggers().forEach(t -> steps.add(ddl.trigger(t)));
    List<String> swap = SwapSql.of(names, state, SwapSql.holdings(mapping));
    steps.add(new Step.Swap(rejects ? append(swap, RejectSql.rename(names)) : swap));
    return new ImportPlan(names, mapping, steps, List.of(), Map.of(), tactics);
  }

  /**
   * Plans an import into tables that are there already.
   *
   * @param names the schemas it works in
   * @param existing which rows go where, and what does not fit
   * @param keepOrphans whether rows may refer to nothing, with keys {@code NOT VALID}
   * @param rejects whether there are rows that cannot be carried
   */
  public static ImportPlan intoExisting(
      ImportNames names, ExistingMapping existing, boolean keepOrphans, boolean rejects) {
    List<Step> steps = new ArrayList<>();
    String staging = "CREATE SCHEMA " + Dialect.POSTGRESQL.quote(names.staging());
    if (!names.isTemporary()) {
      add(steps, Phase.PREPARE, "Make the staging schema", List.of(staging));
    }
    steps.addAll(stage(names, existing, keepOrphans));
    if (rejects) {
      steps.add(new Step.KeepRejects(append(RejectSql.create(names), RejectSql.insert(names))));
    }
    existing
        .mapping()
        .tables()
        .forEach(t -> steps.add(new Step.Verify(t, Verifier.readBackSql(t, names.staging()))));
    List<String> transfer = transfer(names, existing);
    steps.add(
        new Step.Transfer(
            existing, rejects ? append(transfer, RejectSql.rename(names)) : transfer));
    return new ImportPlan(names, existing.mapping(), steps, existing.findings());
  }

  /**
   * Plans the staging of rows that go into tables that are there already, in a schema that is there
   * as well, and what the server is asked of them.
   *
   * @param names the schemas it works in
   * @param existing which rows go where
   * @param keepOrphans whether rows may refer to nothing
   */
  public static List<Step> stage(ImportNames names, ExistingMapping existing, boolean keepOrphans) {
    LandingSql landing = new LandingSql(names.staging(), names.target());
    QuestionSql questions = new QuestionSql(names, existing, keepOrphans);
    List<Step> steps = new ArrayList<>();
    for (LandedTable table : existing.tables()) {
      String title = "Make a table to stage " + table.mapping().source();
      add(
          steps,
          Phase.PREPARE,
          title,
          List.of(landing.makeStaged(table, questions.concern(table))));
    }
    add(steps, Phase.PREPARE, "Make what asks types for their values", questions.functions());
    existing.tables().forEach(t -> steps.add(landing.load(t)));
    Step.Examine asked = new Step.Examine(questions.values(), questions.references());
    if (!asked.sql().isEmpty()) {
      steps.add(asked);
    }
    return steps;
  }

  private static List<String> transfer(ImportNames names, ExistingMapping existing) {
    TransferSql sql = new TransferSql(names, existing);
    List<String> change =
        existing.appends()
            ? merge(names, existing)
            : Stream.concat(sql.change(Set.of()).stream(), sql.verify().stream()).toList();
    return Stream.of(sql.lock(), change, sql.finish()).flatMap(List::stream).toList();
  }

  private static List<String> merge(ImportNames names, ExistingMapping existing) {
    TransferSql sql = new TransferSql(names, existing);
    MergeSql merge = new MergeSql(names, existing);
    List<String> all = new ArrayList<>(sql.open());
    if (existing.append() == Append.UPSERT) {
      all.add(merge.makeFormer());
    }
    List<LandedTable> keyed = existing.tables().stream().filter(t -> !t.key().isEmpty()).toList();
    keyed.forEach(t -> all.addAll(merge.all(t)));
    all.addAll(sql.settle(Set.of()));
    keyed.forEach(t -> all.add(merge.bystanders(t, true)));
    keyed.forEach(t -> all.add(Verifier.readBackSqlFrom(t.mapping(), merge.back(t))));
    return all;
  }

  /** Returns whether the server is asked about staged rows. */
  public boolean asks() {
    return steps.stream().anyMatch(Step.Examine.class::isInstance);
  }

  /**
   * Returns the plan as a script for reading: each step's title as a comment, then its statements.
   */
  public String text() {
    StringBuilder text = new StringBuilder(findings.isEmpty() ? "" : "-- == target ==\n");
    findings.forEach(
        f ->
            text.append(f.refuses() ? "-- REFUSED: " : "-- ")
                .append(oneLine(f.describe()))
                .append('\n'));
    mapping
        .changedTypes()
        .forEach(
            c ->
                text.append("-- ")
                    .append(oneLine(c.table() + "." + c.column() + " " + c.declared()))
                    .append(" becomes ")
                    .append(c.target())
                    .append(": ")
                    .append(oneLine(c.why()))
                    .append('\n'));
    mapping
        .leftOut()
        .forEach(
            l ->
                text.append("-- left out: ")
                    .append(oneLine(l.kind() + " " + l.name() + ", " + l.why()))
                    .append('\n'));
    text.append(tacticsText(text.isEmpty() ? "" : "\n"));
    Phase phase = null;
    for (Step step : steps) {
      if (step.phase() != phase) {
        phase = step.phase();
        text.append(text.isEmpty() ? "" : "\n")
            .append("-- == ")
            .append(phase.word())
            .append(" ==\n");
      }
      text.append("-- ").append(oneLine(step.title())).append('\n');
      step.sql().forEach(s -> text.append(s).append(";\n"));
    }
    return text.toString();
  }

  private String tacticsText(String before) {
    StringBuilder text = new StringBuilder();
    for (Tactic tactic : tactics.told()) {
      text.append("-- ").append(tactic.name()).append(": ").append(oneLine(tactic.choice()));
      text.append("; because ").append(oneLine(tactic.why())).append('\n');
      tactic.sql().forEach(s -> text.append(s).append(";\n"));
    }
    return text.isEmpty() ? "" : before + "-- == tactics ==\n" + text;
  }

  private static List<String> append(List<String> statements, String last) {
    List<String> all = new ArrayList<>(statements);
    all.add(last);
    return all;
  }

  /** A line break in a table's name must not end the comment it stands in. */
  private static String oneLine(String title) {
    return title.replaceAll("\\R", " ");
  }

  private static void add(List<Step> steps, Phase phase, String title, List<String> sql) {
    if (!sql.isEmpty()) {
      steps.add(new Step.Execute(phase, title, sql));
    }
  }

  private static void finish(
      List<Step> steps, String title, List<String> sql, TableMapping table, long rows) {
    if (!sql.isEmpty()) {
      Touches touches = Touches.changing(rows, table.target());
      steps.add(new Step.Execute(Phase.FINISH, title, sql, touches));
    }
  }
}
