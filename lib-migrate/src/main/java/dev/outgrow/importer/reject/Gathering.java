package dev.outgrow.importer.reject;

import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Notes what the rows of one table refer to and what they offer. */
final class Gathering {
  private final SetAside aside;
  private final List<Link> links;
  private final List<Offer> offers;
  private final Set<String> losing;
  private final Set<String> emptyIsNull;
  private final KeyHash hash = new KeyHash();

  /**
   * Prepares a walk.
   *
   * @param aside where it is noted
   * @param links what the rows refer by
   * @param offers what they are referred to by
   * @param losing tables that may lose rows, so that what refers to theirs is of interest
   * @param emptyIsNull columns in which a text without any character is null, by a rule
   */
  Gathering(
      SetAside aside,
      List<Link> links,
      List<Offer> offers,
      Set<String> losing,
      Set<String> emptyIsNull) {
    this.aside = aside;
    this.emptyIsNull = Set.copyOf(emptyIsNull);
    this.links = links;
    this.offers = offers;
    this.losing = losing;
  }

  void over(RowCursor rows) {
    try (rows) {
      SourceRow row = rows.row();
      for (long at = 0; rows.next(); at++) {
        int column = 0;
        for (Link link : links) {
          refer(link, row, column, at);
          column += 2 * link.columns().size();
        }
        for (Offer offer : offers) {
          offer(offer, row, column, at);
          column += offer.columns().size();
        }
      }
    }
  }

  /** A row with a null where it refers does so to nothing on purpose. */
  private void refer(Link link, SourceRow row, int column, long at) {
    int count = link.columns().size();
    if (hash.of(row, column, 2, count) == null || becomesNull(link, row, column)) {
      return;
    }
    byte[] parent = hash.of(row, column + 1, 2, count);
    if (parent == null || losing.contains(link.parent())) {
      aside
          .notebook()
          .change(
              "INSERT INTO referring VALUES (?, ?, ?, ?)",
              aside.links().indexOf(link),
              parent == null ? KeyHash.NOTHING : parent,
              at,
              row.key());
    }
  }

  private boolean becomesNull(Link link, SourceRow row, int first) {
    return IntStream.range(0, link.columns().size())
        .filter(i -> emptyIsNull.contains(link.columns().get(i)))
        .map(i -> first + 2 * i)
        .anyMatch(c -> row.storageClass(c) == StorageClass.TEXT && row.length(c) == 0);
  }

  private void offer(Offer offer, SourceRow row, int column, long at) {
    byte[] own = hash.of(row, column, 1, offer.columns().size());
    if (own != null) {
      aside.notebook().change("INSERT INTO offered VALUES (?, ?, ?)", aside.id(offer), at, own);
    }
  }
}
