package dev.outgrow.importer.plan;

import java.util.List;

/**
 * What a target schema holds before an import.
 *
 * <p><em>Immutable.</em>
 *
 * @param schema the schema's name
 * @param exists whether there is such a schema
 * @param holds the tables, views and sequences in it that belong to no extension, the functions
 *     that only triggers on them call or that have their rows as arguments, and types whose names
 *     are needed
 * @param functions the names of all other functions without arguments, which stay where they are
 * @param dependents what stays where it is and uses what it holds
 * @since 0.1
 */
public record TargetState(
    String schema,
    boolean exists,
    List<Holding> holds,
    List<String> functions,
    List<Dependent> dependents) {

  /** Copies the lists. */
  public TargetState {
    holds = List.copyOf(holds);
    functions = List.copyOf(functions);
    dependents = List.copyOf(dependents);
  }

  /** Makes a state without functions, on which nothing depends. */
  public TargetState(String schema, boolean exists, List<Holding> holds) {
    this(schema, exists, holds, List.of(), List.of());
  }

  /** Returns a state with nothing in it, which is what a plan without a database assumes. */
  public static TargetState empty(String schema) {
    return new TargetState(schema, true, List.of());
  }

  /**
   * Something a schema holds.
   *
   * @param kind its kind in the words of {@code ALTER}: {@code TABLE}, {@code VIEW}, {@code
   *     SEQUENCE}, {@code TYPE} and so on, {@code FUNCTION} for one without arguments
   * @param name its name
   * @param arguments the types of its arguments as the server prints them, of a {@code ROUTINE}
   */
  public record Holding(String kind, String name, String arguments) {
    /** Makes something that has no arguments. */
    public Holding(String kind, String name) {
      this(kind, name, "");
    }
  }

  /**
   * Something that stays where it is, but uses what the schema holds, and would go on doing so
   * where that is kept aside.
   *
   * @param kind what it is: {@code view}, {@code foreign key} and so on
   * @param name its name, with its schema
   * @param uses what it uses
   */
  public record Dependent(String kind, String name, String uses) {}
}
