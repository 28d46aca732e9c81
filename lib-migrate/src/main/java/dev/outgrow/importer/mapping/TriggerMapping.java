package dev.outgrow.importer.mapping;

import dev.outgrow.importer.translate.Translation;

/**
 * What one trigger becomes: a trigger, and a function of the same name that it calls.
 *
 * <p><em>Immutable.</em>
 *
 * @param source its name in the source
 * @param target its name in PostgreSQL
 * @param table its table in PostgreSQL
 * @param translation what it does
 * @param original the statement that makes it in the source
 * @since 0.1
 */
public record TriggerMapping(
    String source, String target, String table, Translation.Trigger translation, String original) {}
