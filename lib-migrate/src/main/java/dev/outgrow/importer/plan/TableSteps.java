package dev.outgrow.importer.plan;

import dev.outgrow.importer.mapping.TableMapping;
import java.util.List;

/**
 * The steps that make and fill one table of the staging schema.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class TableSteps {
  private TableSteps() {}

  /** Returns the step that makes a table. */
  public static Step.Create create(ImportNames names, TableMapping table) {
    return new Step.Create(table, new Ddl(names.staging()).createTable(table));
  }

  /** Returns the step that drops a table, with its rows. */
  public static Step.Execute drop(ImportNames names, TableMapping table) {
    return new Step.Execute(
        Phase.PREPARE,
        "Drop table " + table.target(),
        List.of(new Ddl(names.staging()).dropTable(table)));
  }

  /** Returns the step that fills a table. */
  public static Step.Load load(ImportNames names, TableMapping table) {
    return new Step.Load(table, new Ddl(names.staging()).copy(table));
  }
}
