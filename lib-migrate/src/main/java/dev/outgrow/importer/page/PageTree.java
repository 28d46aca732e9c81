package dev.outgrow.importer.page;

/**
 * A tree of a file: a table or an index.
 *
 * <p><em>Immutable.</em>
 *
 * @param root the page of its root
 * @param rowids whether it is a table with rowids; all others are ordered by what they hold
 * @since 0.1
 */
public record PageTree(int root, boolean rowids) {}
