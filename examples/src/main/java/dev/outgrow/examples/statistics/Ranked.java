package dev.outgrow.examples.statistics;

import java.time.Duration;

/**
 * A place in a ranking.
 *
 * <p><em>Immutable.</em>
 *
 * @param name who or what
 * @param kind what it is, empty where all are of one kind
 * @param plays how many sessions began in the period
 * @param watched how long those lasted, without pauses; those without an end count nothing. Zero
 *     where it was not asked for
 * @since 0.1
 */
public record Ranked(String name, String kind, long plays, Duration watched) {}
