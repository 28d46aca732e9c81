package dev.outgrow.examples.media;

/**
 * Somebody who has shown that the login is theirs.
 *
 * <p><em>Immutable.</em>
 *
 * @param userId whose it is
 * @param username what the user logs in with
 * @param administrator whether the user may see everything
 * @param mustChange whether the password was generated, and another has to be chosen first
 * @since 0.1
 */
public record Login(long userId, String username, boolean administrator, boolean mustChange) {}
