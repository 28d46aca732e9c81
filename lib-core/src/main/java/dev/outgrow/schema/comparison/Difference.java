package dev.outgrow.schema.comparison;

import org.jspecify.annotations.Nullable;

/**
 * One way in which two schemas differ.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public sealed interface Difference {
  /** Returns what it is about. */
  Part part();

  /** Returns the table that it belongs to, or null for what belongs to none. */
  @Nullable String table();

  /**
   * Returns its name in the expected schema, or in the actual one where that alone has it; of a
   * constraint without a name, its columns in brackets or its condition.
   */
  String name();

  /** Returns a sentence for people, on one line. */
  String text();

  /**
   * What is expected and not there.
   *
   * <p><em>Immutable.</em>
   *
   * @param definition what it would be, in words
   */
  record Missing(Part part, @Nullable String table, String name, String definition)
      implements Difference {
    @Override
    public String text() {
      return Words.place(part, table, name) + " is missing: " + Words.line(definition);
    }
  }

  /**
   * What is there and not expected.
   *
   * <p><em>Immutable.</em>
   *
   * @param definition what it is, in words
   */
  record Unexpected(Part part, @Nullable String table, String name, String definition)
      implements Difference {
    @Override
    public String text() {
      return Words.place(part, table, name) + " is not expected: " + Words.line(definition);
    }
  }

  /**
   * What is there on both sides and not the same.
   *
   * <p><em>Immutable.</em>
   *
   * @param property what of it differs
   * @param expected what is expected, in words
   * @param actual what is there, in words
   */
  record Changed(
      Part part,
      @Nullable String table,
      String name,
      Property property,
      String expected,
      String actual)
      implements Difference {
    @Override
    public String text() {
      return Words.place(part, table, name)
          + ": "
          + property.title()
          + " is "
          + Words.line(actual)
          + ", expected "
          + Words.line(expected);
    }
  }
}
