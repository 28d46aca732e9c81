package dev.outgrow.importer.existing;

/**
 * What became of the rows of one table that were added to rows which were there.
 *
 * <p><em>Immutable.</em>
 *
 * @param inserted rows whose key was not there
 * @param updated rows whose key was there, with other values, which are the file's now
 * @param equal rows that were there with the same values, and were not touched
 * @param kept rows whose key was there with other values, which stayed
 * @since 0.1
 */
public record Merged(long inserted, long updated, long equal, long kept) {}
