package dev.outgrow.importer.plan;

import java.util.List;

/**
 * What a target schema holds before an import.
 *
 * <p><em>Immutable.</em>
 *
 * @param schema the schema's name
 * @param exists whether there is such a schema
 * @param holds the tables, views and sequences in it that belong to no extension, and the functions
 *     that triggers on them call
 * @param functions the names of all other functions without arguments, which stay where they are
 * @since 0.1
 */
public record TargetState(
    String schema, boolean exists, List<Holding> holds, List<String> functions) {

  /** Copies the lists. */
  public TargetState {
    holds = List.copyOf(holds);
    functions = List.copyOf(functions);
  }

  /** Makes a state without functions. */
  public TargetState(String schema, boolean exists, List<Holding> holds) {
    this(schema, exists, holds, List.of());
  }

  /** Returns a state with nothing in it, which is what a plan without a database assumes. */
  public static TargetState empty(String schema) {
    return new TargetState(schema, true, List.of());
  }

  /**
   * Something a schema holds.
   *
   * @param kind its kind in the words of {@code ALTER}: {@code TABLE}, {@code VIEW}, {@code
   *     SEQUENCE} and so on, {@code FUNCTION} for one without arguments
   * @param name its name
   */
  public record Holding(String kind, String name) {}
}
