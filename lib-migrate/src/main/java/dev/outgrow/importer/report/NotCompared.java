package dev.outgrow.importer.report;

/**
 * Something that is carried although nobody has seen that both sides answer the same. It has
 * PostgreSQL's word that it works, and the translation's that it means the same.
 *
 * <p><em>Immutable.</em>
 *
 * @param kind what it is: {@code view}
 * @param name its name in the source
 * @param why why the answers were not compared
 * @since 0.1
 */
public record NotCompared(String kind, String name, String why) {}
