package dev.outgrow.examples.statistics;

import java.util.List;

/**
 * What the page of graphs shows.
 *
 * <p><em>Immutable.</em>
 *
 * @param playsPerMonth the sessions of each of the twelve months up to the period's last day
 * @param hoursPerDay the hours that the sessions of each day lasted, without pauses, rounded down
 * @param decisions each day's sessions by how their video was sent
 * @param libraries what was played of each library in the period
 * @since 0.1
 */
public record Graphs(
    Lines playsPerMonth, Lines hoursPerDay, Lines decisions, List<Ranked> libraries) {
  /** Copies the list. */
  public Graphs {
    libraries = List.copyOf(libraries);
  }
}
