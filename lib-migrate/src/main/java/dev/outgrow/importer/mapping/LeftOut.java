package dev.outgrow.importer.mapping;

/**
 * Something of the source that stays behind because somebody said so, and so is no loss.
 *
 * <p><em>Immutable.</em>
 *
 * @param kind what it is: {@code table}, {@code column}, {@code index} and so on
 * @param name which one: {@code table}, {@code table.column}, or its own name
 * @param why what was said
 * @since 0.1
 */
public record LeftOut(String kind, String name, String why) {}
