package dev.outgrow.importer.mapping;

/**
 * Something of the source that PostgreSQL did not get as it was.
 *
 * <p><em>Immutable.</em>
 *
 * @param kind what kind of thing
 * @param name which one: {@code table.column}, or its own name
 * @param reason why, with its original text where it has one
 * @since 0.1
 */
public record NotCarried(Kind kind, String name, String reason) {}
