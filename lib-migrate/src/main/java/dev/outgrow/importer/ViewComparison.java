package dev.outgrow.importer;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.error.StatementException;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.ViewMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.ViewSteps;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.report.NotCompared;
import dev.outgrow.importer.verify.Checksum;
import java.util.List;
import java.util.Optional;

/**
 * Compares what each view answers on both sides. One that answers something else stays behind and
 * is named, with those that read it. Where the answers cannot be compared, or would take too long,
 * PostgreSQL alone is asked, and the view is noted.
 */
final class ViewComparison {
  private final ImportNames names;
  private final Survey survey;
  private final Sifted sifted;
  private final ImportTarget target;
  private final List<NotCarried> notCarried;
  private final List<NotCompared> notCompared;

  ViewComparison(
      ImportNames names,
      Survey survey,
      Sifted sifted,
      ImportTarget target,
      List<NotCarried> notCarried,
      List<NotCompared> notCompared) {
    this.names = names;
    this.survey = survey;
    this.sifted = sifted;
    this.target = target;
    this.notCarried = notCarried;
    this.notCompared = notCompared;
  }

  void compare(ViewMapping view) {
    if (target.staged().hasView(view.target())) {
      fault(view).ifPresent(why -> drop(view, why));
    } else if (notCarried.stream()
        .noneMatch(n -> n.kind() == Kind.VIEW && n.name().equals(view.source()))) {
      named(view, "It reads a view that is not carried");
    }
  }

  /** Returns what is wrong with a view, if something is. */
  private Optional<String> fault(ViewMapping view) {
    try {
      Optional<String> obstacle = obstacle(view);
      if (obstacle.isPresent()) {
        noted(view, obstacle.get());
        target.staged().answer(view.asTable()); // it fails, or it does not
        return Optional.empty();
      }
      return difference(view);
    } catch (SourceFileException e) {
      return Optional.of("SQLite itself cannot answer it (" + e.what() + ")");
    } catch (StatementException e) {
      if (!ImportTarget.isRefusal(e)) {
        throw e;
      }
      return Optional.of("PostgreSQL cannot answer it (" + e.what() + ")");
    }
  }

  /** Returns why both sides need not answer the same, if so. */
  private Optional<String> obstacle(ViewMapping view) {
    if (!view.steady()) {
      return Optional.of("what it answers depends on the time or on chance");
    }
    if (!survey.isWhole()) {
      return Optional.of("not all tables are carried whole");
    }
    return sifted.changesRows()
        ? Optional.of("some rows are kept aside or carried with nulls")
        : Optional.empty();
  }

  private Optional<String> difference(ViewMapping view) {
    Optional<Checksum> source = survey.answer(view);
    if (source.isEmpty()) {
      noted(view, "it is too much work for SQLite");
      return Optional.empty();
    }
    Optional<Checksum> answer = target.staged().answer(view.asTable());
    if (answer.isEmpty()) {
      noted(view, "PostgreSQL takes more than ten seconds for it");
    }
    return answer.isEmpty() || answer.equals(source)
        ? Optional.empty()
        : Optional.of("PostgreSQL answers other rows than SQLite");
  }

  private void noted(ViewMapping view, String why) {
    notCompared.add(new NotCompared(Kind.VIEW.word(), view.source(), why));
  }

  private void drop(ViewMapping view, String why) {
    target.execute(ViewSteps.drop(names, view));
    notCompared.removeIf(n -> n.name().equals(view.source()));
    named(view, why);
  }

  private void named(ViewMapping view, String why) {
    notCarried.add(new NotCarried(Kind.VIEW, view.source(), why + ": " + view.original()));
  }
}
