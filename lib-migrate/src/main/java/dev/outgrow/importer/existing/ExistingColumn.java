package dev.outgrow.importer.existing;

import dev.outgrow.schema.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column that is there already.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the column
 * @param type its type as the server prints it, with its limits: {@code public.email}
 * @param base the type under its domains, without limits: {@code character varying}
 * @param modifier the server's own number for its limits; -1 where it has none
 * @param category the server's letter for what kind of type it is: {@code E} for an enum
 * @param domain whether it is a domain, which may refuse what its base type takes
 * @param sequence what numbers new rows in it, or null
 * @since 0.1
 */
public record ExistingColumn(
    String name,
    String type,
    String base,
    int modifier,
    char category,
    boolean domain,
    @Nullable Identifier sequence) {
  private static final int HEADER = 4;

  /** Returns the most characters of a text type; 0 where there is no limit. */
  int characters() {
    return modifier < HEADER ? 0 : modifier - HEADER;
  }

  /** Returns the most digits of a {@code numeric}; 0 where there is no limit. */
  int digits() {
    return modifier < HEADER ? 0 : (modifier - HEADER) >> Short.SIZE & 0xFFFF;
  }

  /**
   * Returns the decimals of a {@code numeric} that has a limit; 11 bits, the upper one its sign.
   */
  int decimals() {
    return ((modifier - HEADER & 0x7FF) ^ 0x400) - 0x400;
  }
}
