package dev.outgrow.importer.reject;

import dev.outgrow.importer.source.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Treats rows that refer to nothing, then those that refer to what has gone with them, round by
 * round. A row is treated at most once for each link, so there is a last round.
 */
final class Settlement {
  private static final String FOUND =
      " FROM referring AS r WHERE r.link = ? AND (r.hash = ? OR r.hash IN (SELECT l.hash FROM lost AS l"
          + " WHERE l.offer = ? AND l.gen = ?))";
  private static final String NOT_ASIDE =
      " AND NOT EXISTS (SELECT 1 FROM aside AS a WHERE a.tab = ? AND a.row = r.row)";

  private final SetAside aside;
  private final Notebook notebook;
  private final Treatment treatment;
  private final Map<Link, List<String>> nullable;

  Settlement(SetAside aside, Treatment treatment, Map<Link, List<String>> nullable) {
    this.aside = aside;
    this.notebook = aside.notebook();
    this.treatment = treatment;
    this.nullable = nullable;
  }

  Map<Link, Long> run(List<Link> suspects) {
    Map<Link, Long> found = new LinkedHashMap<>();
    suspects.stream().map(Offer::of).distinct().forEach(o -> loseRejected(o, 0));
    long changed = 1;
    for (int round = 0; changed > 0; round++) {
      changed = 0;
      for (Link link : suspects) {
        long treated = treat(link, round);
        found.merge(link, treated, Long::sum);
        changed += treated;
      }
      int next = round + 1;
      switch (treatment) {
        case COUNT, LIST -> changed = 0;
        case REJECT ->
            suspects.stream().map(Offer::of).distinct().forEach(o -> loseRejected(o, next));
        case NULL -> suspects.forEach(l -> loseNulled(l, next));
      }
    }
    return found;
  }

  private long treat(Link link, int round) {
    int id = aside.links().indexOf(link);
    byte[] nothing = round == 0 ? KeyHash.NOTHING : new byte[] {0}; // which is nobody's hash
    Object[] which = {id, nothing, aside.id(Offer.of(link)), round, aside.id(link.table())};
    return switch (treatment) {
      case COUNT -> notebook.number("SELECT count(*)" + FOUND + NOT_ASIDE, which);
      case LIST, REJECT -> reject(link, id, round, "", which);
      case NULL ->
          nullable.getOrDefault(link, List.of()).isEmpty()
              ? reject(link, id, round, ", and none of its columns can be null", which)
              : nullify(link, id, round, which);
    };
  }

  private long reject(Link link, int id, int round, String more, Object[] which) {
    String reason = more + ": " + link.describe();
    return notebook.change(
        "INSERT OR IGNORE INTO aside SELECT ?, r.row, r.key, ?, CASE WHEN r.hash = ? THEN ? ELSE ? END, ?, ?"
            + FOUND
            + NOT_ASIDE,
        concat(
            new Object[] {
              aside.id(link.table()),
              String.join(", ", link.columns()),
              KeyHash.NOTHING,
              "it refers to a row that is not there" + reason,
              "it refers to a row that is rejected" + reason,
              id,
              round + 1
            },
            which));
  }

  /** Leaves out rows in which another link has nulled a column of this one: it is settled there. */
  private long nullify(Link link, int id, int round, Object[] which) {
    String settled =
        aside.links().stream()
            .filter(l -> l.table().equals(link.table()) && nulls(l, link.columns()))
            .map(l -> Integer.toString(aside.links().indexOf(l)))
            .reduce((a, b) -> a + ", " + b)
            .orElse("-1");
    return notebook.change(
        "INSERT OR IGNORE INTO nulled SELECT ?, r.row, ?, r.key, ?"
            + FOUND
            + NOT_ASIDE
            + " AND NOT EXISTS (SELECT 1 FROM nulled AS n WHERE n.tab = ? AND n.row = r.row AND n.link IN ("
            + settled
            + "))",
        concat(
            concat(new Object[] {aside.id(link.table()), id, round + 1}, which),
            new Object[] {aside.id(link.table())}));
  }

  private boolean nulls(Link link, List<String> columns) {
    return nullable.getOrDefault(link, List.of()).stream().anyMatch(columns::contains);
  }

  private void loseRejected(Offer offer, int round) {
    notebook.change(
        "INSERT OR IGNORE INTO lost SELECT ?, o.hash, ? FROM aside AS a JOIN offered AS o ON o.offer = ?"
            + " AND o.row = a.row WHERE a.tab = ? AND a.gen = ?",
        aside.id(offer),
        round,
        aside.id(offer),
        aside.id(offer.table()),
        round);
  }

  private void loseNulled(Link nulled, int round) {
    for (Link link : aside.links()) {
      if (link.parent().equals(nulled.table()) && nulls(nulled, link.parentColumns())) {
        int offer = aside.id(Offer.of(link));
        notebook.change(
            "INSERT OR IGNORE INTO lost SELECT ?, o.hash, ? FROM nulled AS n JOIN offered AS o ON o.offer = ?"
                + " AND o.row = n.row WHERE n.link = ? AND n.gen = ?",
            offer,
            round,
            offer,
            aside.links().indexOf(nulled),
            round);
      }
    }
  }

  private static Object[] concat(Object[] first, Object[] second) {
    Object[] both = new Object[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
