package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.translate.Scope;
import dev.outgrow.importer.translate.Translator;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Index;
import dev.outgrow.sql.Dialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What SQLite's collations mean for the columns of a table. A collation is a matter of texts: a
 * column that became a number or a moment has none.
 *
 * @param table the table
 * @param scope what its columns become
 */
record Collating(SourceTable table, Scope scope) {

  /** What becomes of a collation on a column. */
  enum Effect {
    /** It does nothing there. */
    NONE,
    /** A key that is folded compares as it does. */
    FOLDED,
    /** It has no equal in PostgreSQL. */
    LOST
  }

  Effect effect(int position, @Nullable String collation) {
    String type = scope.columns().get(position).type();
    boolean text = type.equals("text") || type.startsWith("character varying");
    if (collation == null || !(text || type.equals("json") || isTextInBytes(position, type))) {
      return Effect.NONE;
    }
    return text && isKnown(collation) ? Effect.FOLDED : Effect.LOST;
  }

  private boolean isTextInBytes(int position, String type) {
    return type.equals("bytea") && table.profiles().get(position).holds(StorageClass.TEXT);
  }

  static boolean isKnown(String collation) {
    return Translator.collated("x", collation).isPresent();
  }

  /** Returns what stands for a column where it is compared by a collation that is folded. */
  String folded(int position, String collation) {
    String column = Dialect.POSTGRESQL.quote(scope.columns().get(position).target());
    return Translator.collated(column, collation).orElseThrow();
  }

  /** Returns a part of an index; where the collation is lost, the column just as it is. */
  Index.Part part(int position, boolean descending, @Nullable String collation) {
    return collation != null && effect(position, collation) == Effect.FOLDED
        ? new Index.Part(null, folded(position, collation), descending, null)
        : new Index.Part(scope.columns().get(position).target(), null, descending, null);
  }

  /** Returns the parts of an index over these columns. */
  List<Index.Part> parts(List<Integer> positions, Map<String, String> collations) {
    return positions.stream().map(p -> part(p, false, of(p, collations))).toList();
  }

  /** Returns whether a key over these columns has this to do with any of its collations. */
  boolean any(Effect effect, List<Integer> positions, Map<String, String> collations) {
    return positions.stream().anyMatch(p -> effect(p, of(p, collations)) == effect);
  }

  /** Returns whether a column's own collation is this one. */
  boolean isOwn(int position, @Nullable String collation) {
    String own = table.table().columns().get(position).collation();
    if (own == null || collation == null) {
      return own == null && collation == null;
    }
    return Identifier.folded(own).equals(Identifier.folded(collation));
  }

  /** Returns the columns' own collations. */
  Map<String, String> own(List<Integer> positions) {
    Map<String, String> own = new HashMap<>();
    for (int position : positions) {
      Column column = table.table().columns().get(position);
      if (column.collation() != null) {
        own.put(column.name(), column.collation());
      }
    }
    return own;
  }

  /** Returns what the name of an index that is folded by these ends with. */
  static String suffix(Map<String, String> collations) {
    return collations.values().stream()
        .filter(Collating::isKnown)
        .map(Identifier::folded)
        .sorted()
        .distinct()
        .collect(Collectors.joining("_"));
  }

  private @Nullable String of(int position, Map<String, String> collations) {
    return collations.get(table.table().columns().get(position).name());
  }
}
