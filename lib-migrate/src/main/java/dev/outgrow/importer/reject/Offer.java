package dev.outgrow.importer.reject;

import dev.outgrow.importer.source.Link;
import java.util.List;

/**
 * Columns by which the rows of a table are referred to.
 *
 * @param table the table
 * @param columns the columns, in the order in which references name them
 */
record Offer(String table, List<String> columns) {

  static Offer of(Link link) {
    return new Offer(link.parent(), link.parentColumns());
  }
}
