package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.source.CellTest;
import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.Misfits;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.Trait;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the storage classes of one column while somebody walks over its rows, and the cells
 * without a trait. Text is always looked at, because nothing else tells whether PostgreSQL takes
 * it.
 */
@SuppressWarnings("EnumOrdinal") // one addition for every cell of the file
final class ProfileBuilder {
  private static final StorageClass[] CLASSES = StorageClass.values();

  private final @Nullable Found[] found = new Found[CLASSES.length];
  private final Sought validText = new Sought(Trait.VALID_TEXT);
  private final Sought[] sought;
  private final boolean emptyIsNull;
  private final NumbersBuilder numbers = new NumbersBuilder();

  ProfileBuilder(Set<Trait> traits) {
    this.emptyIsNull = traits.contains(Trait.EMPTY_IS_NULL);
    this.sought =
        traits.stream()
            .filter(t -> !t.equals(Trait.EMPTY_IS_NULL))
            .map(Sought::new)
            .toArray(Sought[]::new);
  }

  void add(SourceRow row, int column) {
    StorageClass storageClass = countedAs(row, column);
    Found known = found[storageClass.ordinal()];
    if (known == null) {
      known = new Found(row.key());
      found[storageClass.ordinal()] = known;
    }
    known.count++;
    switch (storageClass) {
      case TEXT -> validText.look(row, column);
      case INTEGER -> numbers.add(row.integer(column));
      case REAL -> numbers.add(row.real(column));
      default -> {}
    }
    if (storageClass != StorageClass.NULL) {
      for (Sought trait : sought) {
        trait.look(row, column);
      }
    }
  }

  private StorageClass countedAs(SourceRow row, int column) {
    StorageClass storageClass = row.storageClass(column);
    boolean empty = emptyIsNull && storageClass == StorageClass.TEXT && row.length(column) == 0;
    return empty ? StorageClass.NULL : storageClass;
  }

  ColumnProfile build() {
    Map<StorageClass, Long> counts = new EnumMap<>(StorageClass.class);
    Map<StorageClass, String> examples = new EnumMap<>(StorageClass.class);
    for (StorageClass storageClass : CLASSES) {
      Found known = found[storageClass.ordinal()];
      if (known != null) {
        counts.put(storageClass, known.count);
        examples.put(storageClass, known.example);
      }
    }
    Map<Trait, Misfits> misfits = new LinkedHashMap<>();
    misfits.put(validText.trait, validText.misfits());
    for (Sought each : sought) {
      misfits.put(each.trait, each.misfits());
    }
    return new ColumnProfile(counts, examples, misfits, numbers.build());
  }

  /** A storage class that occurs. */
  private static final class Found {
    private final String example;
    private long count;

    Found(String example) {
      this.example = example;
    }
  }

  /** A trait that is looked for. */
  private static final class Sought {
    private final Trait trait;
    private final CellTest test;
    private long without;
    private String example = "";

    Sought(Trait trait) {
      this.trait = trait;
      this.test = trait.test();
    }

    void look(SourceRow row, int column) {
      if (!test.holds(row, column)) {
        example = without == 0 ? row.key() : example;
        without++;
      }
    }

    Misfits misfits() {
      return without == 0 ? Misfits.NONE : new Misfits(without, example);
    }
  }
}
