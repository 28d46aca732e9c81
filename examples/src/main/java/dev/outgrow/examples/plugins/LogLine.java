package dev.outgrow.examples.plugins;

import java.time.Instant;

/**
 * What the notifiers have logged.
 *
 * <p><em>Immutable.</em>
 *
 * @param at when
 * @param level how grave it is, such as {@code INFO}
 * @param notifier who logged it, empty if that notifier is not there any more
 * @param message what, empty if nothing was said
 * @since 0.1
 */
public record LogLine(Instant at, String level, String notifier, String message) {}
