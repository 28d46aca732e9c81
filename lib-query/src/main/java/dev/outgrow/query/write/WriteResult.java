package dev.outgrow.query.write;

/**
 * What a bulk write did.
 *
 * <p><em>Immutable.</em>
 *
 * @param given how many rows it was given
 * @param duplicates how many of them another one of the same call stood for
 * @param written how many rows of the table were inserted or updated; the others were left alone
 * @since 0.1
 */
public record WriteResult(int given, int duplicates, int written) {}
