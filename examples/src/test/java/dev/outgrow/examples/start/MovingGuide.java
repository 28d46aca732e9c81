package dev.outgrow.examples.start;

import dev.outgrow.database.Database;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The code that the guide shows, block by block. */
final class MovingGuide {
  private MovingGuide() {}

  // begin move
  static ImportReport move(
      Path file,
      Database postgres,
      Rules rules,
      Predicate<ImportPlan> confirmed,
      Consumer<String> page,
      Cancellation cancellation) {
    SqliteImport move =
        SqliteImport.from(file)
            .into(postgres)
            .rules(rules)
            .accept(Set.of(Kind.TRIGGER))
            .onProgress(p -> page.accept(p.phase().word() + ": " + p.rows() + " rows"))
            .cancelledBy(cancellation);
    ImportPlan plan = move.plan();
    if (!confirmed.test(plan)) {
      throw new IllegalStateException("The move was not confirmed.");
    }
    return move.asPlanned(plan).run();
  }
  // end move
}
