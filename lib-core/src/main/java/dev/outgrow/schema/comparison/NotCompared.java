package dev.outgrow.schema.comparison;

import org.jspecify.annotations.Nullable;

/**
 * What is on both sides, or can be on one side only, and was not compared because a verdict would
 * be a guess.
 *
 * <p><em>Immutable.</em>
 *
 * @param part what it is about
 * @param table the table that it belongs to, or null
 * @param name its name, as of a {@link Difference}
 * @param property what of it was not compared
 * @param expected what the expected schema says, in words
 * @param actual what the actual schema says, in words
 * @param reason why it was not compared, as a phrase
 * @since 0.1
 */
public record NotCompared(
    Part part,
    @Nullable String table,
    String name,
    Property property,
    String expected,
    String actual,
    String reason) {
  /** Returns a sentence for people, on one line. */
  public String text() {
    return Words.place(part, table, name)
        + ": "
        + property.title()
        + " not compared, "
        + reason
        + ": "
        + Words.line(actual)
        + ", expected "
        + Words.line(expected);
  }
}
