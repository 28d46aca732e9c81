package dev.outgrow.importer.plan;

import dev.outgrow.importer.mapping.ViewMapping;
import dev.outgrow.importer.verify.Verifier;
import java.util.List;

/**
 * The steps that compare a view of the staging schema, or drop it.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ViewSteps {
  private ViewSteps() {}

  /** Returns the step that compares what a view answers. */
  public static Step compare(ImportNames names, ViewMapping view) {
    return new Step.Compare(view, Verifier.readBackSql(view.asTable(), names.staging()));
  }

  /** Returns the step that drops a view, and those that read it. */
  public static Step.Execute drop(ImportNames names, ViewMapping view) {
    return new Step.Execute(
        Phase.VERIFY,
        "Drop view " + view.target(),
        List.of(new Ddl(names.staging()).dropView(view)));
  }
}
