package dev.outgrow.examples.wizard;

/**
 * Where a person is on the way.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public sealed interface Step {
  /** A file is to be chosen. */
  record Choosing() implements Step {}

  /** Something is done, and everybody waits. */
  record Working(Progressing progress) implements Step {}

  /** What the file holds is shown, and what becomes of it to be decided. */
  record Inspected(Look look, Choices choices) implements Step {}

  /**
   * A database is to be named.
   *
   * @param look the file
   * @param shown the database that was named before, without a credential; empty if none was
   * @param schema the schema's name that is proposed
   * @param here whether the application's own database may be meant
   */
  record Aiming(Look look, String shown, String schema, boolean here) implements Step {}

  /** What would be overwritten is shown, and its name to be typed. */
  record Confirming(Look look, Choices choices, Goal goal) implements Step {}

  /**
   * It is over.
   *
   * @param file the file
   * @param outcome how it ended
   * @param again whether the choices can be changed, and it can be tried again
   */
  record Ended(ChosenFile file, Outcome outcome, boolean again) implements Step {}
}
