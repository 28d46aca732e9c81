package dev.outgrow.importer;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.error.StatementException;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.ViewMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.ViewSteps;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.verify.Checksum;
import java.util.List;
import java.util.Optional;

/**
 * Compares what each view answers on both sides. One that answers something else stays behind and
 * is named, with those that read it. Not compared is what depends on the time or on chance, and
 * what takes too long.
 */
final class ViewComparison {
  private final ImportNames names;
  private final Survey survey;
  private final ImportTarget target;
  private final List<NotCarried> notCarried;

  ViewComparison(
      ImportNames names, Survey survey, ImportTarget target, List<NotCarried> notCarried) {
    this.names = names;
    this.survey = survey;
    this.target = target;
    this.notCarried = notCarried;
  }

  void compare(ViewMapping view) {
    if (!target.hasView(view.target())) {
      if (notCarried.stream()
          .noneMatch(n -> n.kind() == Kind.VIEW && n.name().equals(view.source()))) {
        named(view, "It reads a view that is not carried");
      }
    } else if (view.steady()) {
      difference(view).ifPresent(why -> drop(view, why));
    }
  }

  /** Returns how the answers differ, if they do. */
  private Optional<String> difference(ViewMapping view) {
    try {
      Optional<Checksum> source = survey.answer(view);
      Optional<Checksum> answer =
          source.isEmpty() ? Optional.empty() : target.answer(view.asTable());
      return answer.isEmpty() || answer.equals(source)
          ? Optional.empty()
          : Optional.of("PostgreSQL answers other rows than SQLite");
    } catch (SourceFileException e) {
      return Optional.of("SQLite itself cannot answer it (" + e.what() + ")");
    } catch (StatementException e) {
      if (!ImportTarget.isRefusal(e)) {
        throw e;
      }
      return Optional.of("PostgreSQL cannot answer it (" + e.what() + ")");
    }
  }

  private void drop(ViewMapping view, String why) {
    target.execute(ViewSteps.drop(names, view));
    named(view, why);
  }

  private void named(ViewMapping view, String why) {
    notCarried.add(new NotCarried(Kind.VIEW, view.source(), why + ": " + view.original()));
  }
}
