package dev.outgrow.importer.reject;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.Link;
import dev.outgrow.schema.PrimaryKey;
import java.util.List;

/**
 * Which columns of a link can be null, so that it refers to nothing on purpose. One is enough,
 * because a key with a null in it is not checked (MATCH SIMPLE, on both sides).
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Nulling {
  private Nulling() {}

  /** Returns the columns of a link that can be null. */
  public static List<String> columns(TableMapping table, Link link) {
    return link.columns().stream().filter(c -> isNullable(table, c)).toList();
  }

  /** Returns where these columns are; none for a link of another table. */
  static int[] positions(TableMapping table, Link link) {
    if (!link.table().equals(table.source())) {
      return new int[0];
    }
    List<String> sources = table.columns().stream().map(ColumnMapping::source).toList();
    return columns(table, link).stream().mapToInt(sources::indexOf).toArray();
  }

  private static boolean isNullable(TableMapping table, String column) {
    PrimaryKey key = table.primaryKey();
    return table.columns().stream()
        .filter(c -> c.source().equals(column))
        .anyMatch(
            c ->
                !c.notNull()
                    && c.generated() == null
                    && !c.identity()
                    && (key == null || !key.columns().contains(c.target())));
  }
}
