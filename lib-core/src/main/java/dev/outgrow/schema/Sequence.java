package dev.outgrow.schema;

import org.jspecify.annotations.Nullable;

/**
 * A sequence. Where it stands is no part of the schema.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param type the type of its numbers: {@code smallint}, {@code integer} or {@code bigint}
 * @param start the number it begins with
 * @param increment what is added each time, below zero where it counts down
 * @param minimum its smallest number
 * @param maximum its largest number
 * @param cache how many numbers a session takes at once, 1 without a word
 * @param cycle whether it begins anew at its end, instead of failing
 * @param owner the column it goes with, or null where it stands alone
 * @since 0.1
 */
public record Sequence(
    String name,
    String type,
    long start,
    long increment,
    long minimum,
    long maximum,
    long cache,
    boolean cycle,
    @Nullable Owner owner) {

  /**
   * The column that a sequence is dropped with.
   *
   * @param table the table's name
   * @param column the column's name
   * @param identity whether the column is an identity that made the sequence, not one with a
   *     default ({@code serial})
   */
  public record Owner(String table, String column, boolean identity) {}
}
