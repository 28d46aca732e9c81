package dev.outgrow.importer;

import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.LandedTable;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.Question;
import dev.outgrow.importer.plan.StagedSql;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.postgres.Answer;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.reject.OrphanSearch;
import dev.outgrow.importer.reject.SetAside;
import dev.outgrow.importer.reject.Treatment;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RowCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the server whether the tables that are there take the staged rows, and sets those aside that
 * they do not. Used once for each staging.
 */
final class ExistingQuestions {
  private final Survey survey;
  private final ExistingMapping existing;
  private final ImportTarget target;
  private final SetAside aside;
  private final StagedSql sql;
  private final List<NotCarried> allowed = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> found = new ArrayList<>();
  private boolean changed;

  ExistingQuestions(Survey survey, SetAside aside, ImportTarget target, ImportNames names) {
    this.survey = survey;
    this.existing = survey.existing();
    this.target = target;
    this.aside = aside;
    this.sql = new StagedSql(names, existing);
  }

  /** Returns what is wrong with the rows and may be. */
  List<NotCarried> allowed() {
    return allowed;
  }

  /** Returns what is wrong with rows that are not the file's, or that nothing can be done about. */
  List<String> faults() {
    return faults;
  }

  /** Returns all that is wrong with the file's rows, as it was found. */
  List<String> found() {
    return found;
  }

  /** Returns whether rows that were staged are to be carried otherwise, or not at all. */
  boolean changed() {
    return changed;
  }

  /** Asks, and complains of all that is wrong: every row was seen to before. */
  void confirm(Step.Examine step) {
    target.tables().ask(step.values()).forEach(this::take);
    if (faults.isEmpty()) {
      target.tables().ask(step.references()).forEach(this::take);
    }
  }

  /**
   * Asks, and sets aside what is wrong.
   *
   * @param treatment what is done with references that lead nowhere
   */
  void settle(Step.Examine step, Treatment treatment) {
    settleValues(target.tables().ask(step.values()));
    Set<Link> broken = new LinkedHashSet<>();
    for (Answer answer : target.tables().ask(step.references())) {
      Question question = answer.question();
      if (question.otherwise() != null || !question.isOfRows()) {
        take(answer);
      } else {
        broken.add(Objects.requireNonNull(question.link()));
        found.add(answer.fault());
      }
    }
    if (!broken.isEmpty()) {
      new OrphanSearch(aside, existing.mapping().tables(), treatment, this::walk).run(broken);
      changed = true;
    }
  }

  private void take(Answer answer) {
    NotCarried otherwise = answer.question().otherwise();
    if (otherwise == null) {
      faults.add(answer.fault());
    } else {
      allowed.add(
          new NotCarried(
              otherwise.kind(), otherwise.name(), otherwise.reason() + "; " + answer.fault()));
    }
  }

  /** What is wrong goes from the staged rows, so that nothing counts on it as a row to refer to. */
  private void settleValues(List<Answer> answers) {
    answers.forEach(a -> found.add(a.fault()));
    Map<String, List<Question>> byTable =
        answers.stream()
            .map(Answer::question)
            .collect(
                Collectors.groupingBy(Question::table, LinkedHashMap::new, Collectors.toList()));
    byTable.forEach(
        (name, questions) -> {
          LandedTable table = landed(name);
          List<SetAside.Fault> wrong =
              questions.stream().map(q -> new SetAside.Fault(q.column(), q.reason())).toList();
          aside.rejectStaged(
              name,
              survey.rows(table.mapping()),
              target.tables().say(sql.wrong(table, questions)),
              wrong);
          target.change(sql.drop(table, questions));
          changed = true;
        });
  }

  private RowCursor walk(String name, List<Link> links, List<String> offered) {
    LandedTable table = landed(name);
    int columns = links.stream().mapToInt(l -> 2 * l.columns().size()).sum() + offered.size();
    RowCursor all = survey.rows(table.mapping());
    return aside.staged(
        name, all, target.tables().say(sql.referring(table, links, offered)), columns);
  }

  private LandedTable landed(String source) {
    return existing.tables().stream()
        .filter(t -> t.mapping().source().equals(source))
        .findFirst()
        .orElseThrow();
  }
}
