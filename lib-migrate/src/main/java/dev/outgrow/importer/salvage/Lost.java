package dev.outgrow.importer.salvage;

/**
 * Something that a damaged file no longer gives.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the table or other thing of the schema
 * @param reason what of it is lost, and where: pages and keys
 * @since 0.1
 */
public record Lost(String name, String reason) {}
