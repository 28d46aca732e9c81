package dev.outgrow.examples.plugins;

import java.time.Instant;

/**
 * A newsletter that was sent.
 *
 * <p><em>Immutable.</em>
 *
 * @param sent when
 * @param body what it said
 * @since 0.1
 */
public record Issue(Instant sent, String body) {}
