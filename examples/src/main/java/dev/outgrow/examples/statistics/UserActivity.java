package dev.outgrow.examples.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A user, with what the user watched.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the friendly name, or the user name where there is none
 * @param active whether the user may still watch
 * @param plays how many sessions began in the period
 * @param watched how long those lasted, without pauses
 * @param latest when the latest session of all times began
 * @param platform what that ran on
 * @param title what that showed
 * @since 0.1
 */
public record UserActivity(
    String name,
    boolean active,
    long plays,
    Duration watched,
    Optional<Instant> latest,
    Optional<String> platform,
    Optional<String> title) {}
