package dev.outgrow.importer.existing;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.schema.PrimaryKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of the file and the one that is there for it.
 *
 * <p><em>Immutable.</em>
 *
 * @param mapping its columns as they are staged
 * @param landings for each of these columns, how it gets into the table that is there
 * @param existing the table that is there
 * @param identity the target's name of the column that SQLite numbers; empty where there is none
 * @since 0.1
 */
public record LandedTable(
    TableMapping mapping, List<Landing> landings, ExistingTable existing, String identity) {

  /** Copies the lists. */
  public LandedTable {
    landings = List.copyOf(landings);
  }

  /** Returns the same for a later look at the table that is there. */
  LandedTable into(ExistingTable later) {
    return new LandedTable(mapping, landings, later, identity);
  }

  /** Returns whether what is read back is, column by column, what was read from the file. */
  public boolean keepsExactly() {
    return landings.stream().allMatch(l -> l.keeping() == Landing.Keeping.EXACTLY);
  }

  /** Returns the name of the staging table's column that numbers its rows as they come, from 1. */
  public String number() {
    String name = "outgrow_row";
    while (position(name) >= 0) {
      name = "_" + name;
    }
    return name;
  }

  /**
   * Returns the source's names of some of the target's columns; nothing where one is not carried,
   * or compares in a way of its own.
   */
  Optional<List<String>> sources(List<String> targets) {
    boolean all = targets.stream().allMatch(c -> position(c) >= 0 && !existing.hasOwnEquality(c));
    return all
        ? Optional.of(
            targets.stream().map(c -> mapping.columns().get(position(c)).source()).toList())
        : Optional.empty();
  }

  /** Returns the target's names of the columns that tell rows apart; none where nothing does. */
  public List<String> key() {
    PrimaryKey key = mapping.primaryKey();
    return key == null ? List.of() : key.columns();
  }

  /**
   * Returns the other keys of the table that is there, each with its name and the target's names of
   * its columns, as far as all of these are carried and compare as their types do.
   */
  public Map<String, List<String>> otherKeys() {
    Map<String, List<String>> others = new LinkedHashMap<>();
    for (PrimaryKey other : AppendKey.uniques(existing)) {
      if (!other.columns().equals(key()) && sources(other.columns()).isPresent()) {
        others.put(String.valueOf(other.name()), other.columns());
      }
    }
    return others;
  }

  /** Returns the place of one of the target's columns, or -1 where it is not carried. */
  public int position(String target) {
    for (int i = 0; i < landings.size(); i++) {
      if (mapping.columns().get(i).target().equals(target)) {
        return i;
      }
    }
    return -1;
  }
}
