package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.util.EnumMap;
import java.util.Map;

/** Counts the storage classes of one column while somebody walks over its rows. */
@SuppressWarnings("EnumOrdinal") // one addition for every cell of the file
final class ProfileBuilder {
  private final Map<StorageClass, Found> found = new EnumMap<>(StorageClass.class);

  void add(SourceRow row, int column) {
    StorageClass storageClass = row.storageClass(column);
    Found known = found.get(storageClass);
    if (known == null) {
      known = new Found(row.key());
      found.put(storageClass, known);
    }
    known.count++;
  }

  ColumnProfile build() {
    Map<StorageClass, Long> counts = new EnumMap<>(StorageClass.class);
    Map<StorageClass, String> examples = new EnumMap<>(StorageClass.class);
    found.forEach(
        (storageClass, known) -> {
          counts.put(storageClass, known.count);
          examples.put(storageClass, known.example);
        });
    return new ColumnProfile(counts, examples);
  }

  /** A storage class that occurs. */
  private static final class Found {
    private final String example;
    private long count;

    Found(String example) {
      this.example = example;
    }
  }
}
