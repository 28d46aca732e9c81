package dev.outgrow.database;

/**
 * How many transactions a database has run since it was opened.
 *
 * <p><em>Immutable.</em>
 *
 * @param completed those whose work returned and that were committed
 * @param failed those that threw, whatever it was
 * @since 0.1
 */
public record TransactionTotals(long completed, long failed) {}
