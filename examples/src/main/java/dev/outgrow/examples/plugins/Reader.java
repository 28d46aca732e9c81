package dev.outgrow.examples.plugins;

/**
 * A user who gets a newsletter, or could.
 *
 * <p><em>Immutable.</em>
 *
 * @param id the user's number
 * @param name the friendly name, or the user name where there is none
 * @since 0.1
 */
public record Reader(long id, String name) {}
