package dev.outgrow.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a schema in an order in which each stands behind the tables it refers to.
 *
 * <p>Where several could come next, the first one of the schema does, so that equal schemas give
 * equal orders. Tables that refer to one another in a circle cannot be ordered: they stand together
 * in the order of the schema, and are named. Nothing fails.
 *
 * <p>A reference means the table of exactly the declared name. If there is none, it means the only
 * one whose name differs in the case of the letters A to Z alone, as on SQLite.
 *
 * <p><em>Immutable.</em>
 *
 * @param tables all tables of the schema
 * @param selfReferences the names of the tables that refer to themselves, in order of {@code
 *     tables}
 * @param cycles the names of tables that refer to one another in a circle: one list per group whose
 *     members all reach each other, at least two
 * @param missing the references to tables that the schema does not have, in order of {@code tables}
 * @since 0.1
 */
public record DependencyOrder(
    List<Table> tables,
    List<String> selfReferences,
    List<List<String>> cycles,
    List<MissingReference> missing) {

  /** Copies the lists. */
  public DependencyOrder {
    tables = List.copyOf(tables);
    selfReferences = List.copyOf(selfReferences);
    cycles = cycles.stream().map(List::copyOf).toList();
    missing = List.copyOf(missing);
  }

  /**
   * A reference to a table that the schema does not have.
   *
   * @param table the name of the referring table
   * @param foreignKey the foreign key
   */
  public record MissingReference(String table, ForeignKey foreignKey) {}

  /**
   * Orders the tables of a schema. The time it takes grows with the number of tables and of foreign
   * keys, and chains of any length are followed.
   */
  public static DependencyOrder of(Schema schema) {
    References references = new References(schema.tables());
    List<Table> tables = new ArrayList<>();
    List<String> selfReferences = new ArrayList<>();
    List<List<String>> cycles = new ArrayList<>();
    List<MissingReference> missing = new ArrayList<>();
    for (List<Integer> group : Groups.of(references.targets()).ordered()) {
      List<Table> members = group.stream().map(schema.tables()::get).toList();
      tables.addAll(members);
      if (members.size() > 1) {
        cycles.add(members.stream().map(Table::name).toList());
      }
      for (int place : group) {
        missing.addAll(references.missing(place));
        if (references.targets().get(place).contains(place)) {
          selfReferences.add(schema.tables().get(place).name());
        }
      }
    }
    return new DependencyOrder(tables, selfReferences, cycles, missing);
  }
}
