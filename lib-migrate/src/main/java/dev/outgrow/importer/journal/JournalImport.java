package dev.outgrow.importer.journal;

/**
 * What is known of an import when it begins.
 *
 * <p><em>Immutable.</em>
 *
 * @param id what sets it apart from every other, which is also in the names of its schemas
 * @param target the target schema
 * @param staging the schema everything is loaded into
 * @param before the schema that keeps what the target holds
 * @param rejects the schema that keeps rejected rows
 * @param mode {@code create} where the tables are made as the file declares them, {@code existing}
 *     where they are there
 * @param source the file
 * @param fingerprint what the file is known by
 * @param options what decides which rows are carried, and how: one {@code name=value} a line
 * @since 0.1
 */
public record JournalImport(
    String id,
    String target,
    String staging,
    String before,
    String rejects,
    String mode,
    String source,
    String fingerprint,
    String options) {}
