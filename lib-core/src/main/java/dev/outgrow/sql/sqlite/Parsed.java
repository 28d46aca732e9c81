package dev.outgrow.sql.sqlite;

import java.util.Optional;

/**
 * What came of reading a definition: the definition, or the place and the reason it could not be
 * read. There is no third outcome and no guess.
 *
 * <p><em>Immutable.</em>
 *
 * @param <T> what was to be read
 * @since 0.1
 */
public sealed interface Parsed<T> {

  /** Returns the definition, or nothing where it could not be read. */
  Optional<T> value();

  /**
   * A definition that was read.
   *
   * @param <T> what was to be read
   * @param definition the definition
   */
  record Read<T>(T definition) implements Parsed<T> {
    @Override
    public Optional<T> value() {
      return Optional.of(definition);
    }
  }

  /**
   * A text that could not be read.
   *
   * @param <T> what was to be read
   * @param offset where the reading stopped, in UTF-16 units from 0
   * @param reason why it stopped, as a phrase
   */
  record Unreadable<T>(int offset, String reason) implements Parsed<T> {
    @Override
    public Optional<T> value() {
      return Optional.empty();
    }
  }
}
