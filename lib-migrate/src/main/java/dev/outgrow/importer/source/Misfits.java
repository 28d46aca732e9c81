package dev.outgrow.importer.source;

/**
 * The cells of a column that do not have a trait.
 *
 * <p><em>Immutable.</em>
 *
 * @param count how many there are
 * @param example the key of the first; empty where there is none
 * @since 0.1
 */
public record Misfits(long count, String example) {
  /** Every cell has the trait. */
  public static final Misfits NONE = new Misfits(0, "");
}
