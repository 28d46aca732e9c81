package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Sequence;
import dev.outgrow.schema.comparison.Difference;
import dev.outgrow.schema.comparison.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which chain makes what: the one that says it owns a table, otherwise the first after whose
 * scripts it was there in a scratch database.
 */
final class Makers {
  private static final Set<NamedObject.Kind> LIKE_TABLES =
      Set.of(NamedObject.Kind.VIRTUAL_TABLE, NamedObject.Kind.FOREIGN_TABLE);

  private final Map<String, String> relations = new HashMap<>();
  private final Map<String, String> others = new HashMap<>();
  private final UnaryOperator<String> key;

  /** Begins with what the chains say. */
  Makers(Backend backend, List<Chain> chains) {
    this.key = backend == Backend.SQLITE ? Identifier::folded : UnaryOperator.identity();
    for (Chain chain : chains) {
      chain.ownedTables().forEach(table -> relations.put(key.apply(table), chain.name()));
    }
  }

  /** Takes what is there now and was not before for this chain's. */
  void saw(String chain, Schema schema) {
    Stream.of(
            tables(schema),
            schema.views().stream().map(view -> view.name()),
            schema.sequences().stream().map(Sequence::name))
        .flatMap(names -> names)
        .forEach(name -> relations.putIfAbsent(key.apply(name), chain));
    schema.others().stream()
        .filter(other -> other.table() == null)
        .forEach(other -> others.putIfAbsent(key.apply(other.name()), chain));
  }

  /** Returns the chain that makes what a difference is about, or null if none does. */
  @Nullable String of(Difference difference, Schema before, Schema now) {
    String table = table(difference, before, now);
    if (table != null) {
      return relations.get(key.apply(table));
    }
    String name = key.apply(difference.name());
    return difference.part() == Part.OTHER ? others.get(name) : relations.get(name);
  }

  /** Returns the chain that makes a table, or null if none does. */
  @Nullable String ofTable(String table) {
    return relations.get(key.apply(table));
  }

  /** Returns the table that a difference changes, or null if it is about no table. */
  @Nullable String table(Difference difference, Schema before, Schema now) {
    if (difference.table() != null || difference.part() == Part.TABLE) {
      return difference.table() == null ? difference.name() : difference.table();
    }
    if (difference.part() == Part.SEQUENCE) {
      return Stream.of(before, now)
          .flatMap(schema -> schema.sequences().stream())
          .filter(sequence -> sequence.name().equals(difference.name()))
          .map(sequence -> sequence.owner() == null ? null : sequence.owner().table())
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
    boolean likeTable =
        difference.part() == Part.OTHER
            && Stream.of(before, now)
                .flatMap(Makers::tables)
                .anyMatch(name -> name.equals(difference.name()));
    return likeTable ? difference.name() : null;
  }

  /** Returns whether a schema has a table of this name. */
  boolean has(Schema schema, String table) {
    return tables(schema).anyMatch(name -> key.apply(name).equals(key.apply(table)));
  }

  private static Stream<String> tables(Schema schema) {
    return Stream.concat(
        schema.tables().stream().map(table -> table.name()),
        schema.others().stream()
            .filter(other -> LIKE_TABLES.contains(other.kind()))
            .map(NamedObject::name));
  }
}
