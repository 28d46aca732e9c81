package dev.outgrow.importer.plan;

import java.util.List;

/**
 * What a target schema holds before an import.
 *
 * <p><em>Immutable.</em>
 *
 * @param schema the schema's name
 * @param exists whether there is such a schema
 * @param holds the tables, views and sequences in it that belong to no extension
 * @since 0.1
 */
public record TargetState(String schema, boolean exists, List<Holding> holds) {

  /** Copies the list. */
  public TargetState {
    holds = List.copyOf(holds);
  }

  /** Returns a state with nothing in it, which is what a plan without a database assumes. */
  public static TargetState empty(String schema) {
    return new TargetState(schema, true, List.of());
  }

  /**
   * Something a schema holds.
   *
   * @param kind its kind in the words of {@code ALTER}: {@code TABLE}, {@code VIEW}, {@code
   *     SEQUENCE} and so on
   * @param name its name
   */
  public record Holding(String kind, String name) {}
}
