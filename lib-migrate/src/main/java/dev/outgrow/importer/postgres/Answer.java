package dev.outgrow.importer.postgres;

import dev.outgrow.importer.plan.Question;

/**
 * A question about staged rows to which the server said that something is wrong.
 *
 * <p><em>Immutable.</em>
 *
 * @param question the question
 * @param fault what is wrong, with the number and the key of a row
 * @since 0.1
 */
public record Answer(Question question, String fault) {}
