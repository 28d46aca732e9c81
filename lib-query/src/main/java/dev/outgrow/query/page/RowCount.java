package dev.outgrow.query.page;

/**
 * How many rows there are on all pages together.
 *
 * <p><em>Immutable.</em>
 *
 * @param kind how sure the number is
 * @param rows the number; 0 where nothing was counted
 * @since 0.1
 */
public record RowCount(Kind kind, long rows) {

  /**
   * How sure a number is.
   *
   * <p><em>Immutable.</em>
   *
   * @since 0.1
   */
  public enum Kind {
    /** Each row was counted. */
    EXACT,
    /** There are more than the number; nobody counted how many. */
    AT_LEAST,
    /** The planner's guess. */
    ESTIMATED,
    /** Nobody counted. */
    NOT_COUNTED
  }
}
