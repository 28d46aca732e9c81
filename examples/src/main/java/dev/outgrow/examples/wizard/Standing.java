package dev.outgrow.examples.wizard;

import org.jspecify.annotations.Nullable;

/**
 * How things stand, for every tab alike.
 *
 * <p><em>Immutable.</em>
 *
 * @param step where on the way
 * @param mark what tells this step from every other: a form sends it along, and one that is out of
 *     date does nothing
 * @param problem what went wrong last, or null
 * @since 0.1
 */
public record Standing(Step step, String mark, @Nullable Problem problem) {}
