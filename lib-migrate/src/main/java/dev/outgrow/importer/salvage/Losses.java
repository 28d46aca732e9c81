package dev.outgrow.importer.salvage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what one table has lost. */
final class Losses {
  private static final int MOST_PLACES = 20;
  private static final int MOST_CELLS = 10;

  private final String table;
  private final List<String> pagePlaces = new ArrayList<>();
  private final Map<Place, List<Integer>> cells = new LinkedHashMap<>();
  private long rows;
  private long pages;

  Losses(String table) {
    this.table = table;
  }

  /**
   * Adds one row.
   *
   * @param page the page it stood on
   * @param cell its number there, from 0
   * @param why what is wrong with it
   */
  void row(long page, int cell, String why) {
    rows++;
    Place place = new Place(page, why);
    if (cells.size() < MOST_PLACES || cells.containsKey(place)) {
      List<Integer> there = cells.computeIfAbsent(place, p -> new ArrayList<>());
      if (there.size() <= MOST_CELLS) {
        there.add(cell);
      }
    }
  }

  /**
   * Adds a page, and all the pages beneath it.
   *
   * @param keys the rowids that it held, as far as that is known, or empty
   */
  void page(long page, String why, String keys) {
    pages++;
    if (pagePlaces.size() < MOST_PLACES) {
      pagePlaces.add("page " + page + " (" + why + ")" + keys);
    }
  }

  Optional<Lost> lost(long rowsRead) {
    if (rows == 0 && pages == 0) {
      return Optional.empty();
    }
    List<String> what = new ArrayList<>();
    if (rows > 0) {
      what.add(count(rows, "row"));
    }
    if (pages > 0) {
      what.add("all rows of " + count(pages, "page"));
    }
    List<String> places = new ArrayList<>(pagePlaces);
    cells.forEach((place, numbers) -> places.add(words(place, numbers)));
    return Optional.of(
        new Lost(
            table,
            "Lost: "
                + String.join(" and ", what)
                + "; read: "
                + count(rowsRead, "row")
                + ". Where: "
                + String.join("; ", places)
                + (pages > MOST_PLACES || cells.size() == MOST_PLACES ? "; and more" : "")));
  }

  private static String words(Place place, List<Integer> cells) {
    List<String> shown = cells.stream().limit(MOST_CELLS).map(String::valueOf).toList();
    return (cells.size() == 1 ? "cell " : "cells ")
        + String.join(", ", shown)
        + (cells.size() > MOST_CELLS ? ", ..." : "")
        + " of page "
        + place.page()
        + " ("
        + place.why()
        + ")";
  }

  private static String count(long many, String word) {
    return many + " " + word + (many == 1 ? "" : "s");
  }

  /** Where rows are lost for one reason. */
  private record Place(long page, String why) {}
}
