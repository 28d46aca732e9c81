package dev.outgrow.importer.reject;

import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import java.util.List;
import java.util.Set;

/** Notes what the rows of one table refer to and what they offer. */
final class Gathering {
  private final SetAside aside;
  private final List<Link> links;
  private final List<Offer> offers;
  private final Set<String> losing;
  private final KeyHash hash = new KeyHash();

  Gathering(SetAside aside, List<Link> links, List<Offer> offers, Set<String> losing) {
    this.aside = aside;
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
    if (hash.of(row, column, 2, count) == null) {
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

  private void offer(Offer offer, SourceRow row, int column, long at) {
    byte[] own = hash.of(row, column, 1, offer.columns().size());
    if (own != null) {
      aside.notebook().change("INSERT INTO offered VALUES (?, ?, ?)", aside.id(offer), at, own);
    }
  }
}
