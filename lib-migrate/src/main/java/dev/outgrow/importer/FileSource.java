package dev.outgrow.importer;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.file.Definition;
import dev.outgrow.importer.file.FileSchema;
import dev.outgrow.importer.file.LargestRow;
import dev.outgrow.importer.file.StoredTable;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.sqlite.SqliteSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The source of an import into another SQLite file, at its moment, and what of it is meant. It is
 * refused for the same damages as the source of any other import.
 */
final class FileSource implements AutoCloseable {
  private static final int PART_OF_MEMORY = 8;
  private static final int MIB = 1 << 20;

  private final SqliteSource source;
  private final Stopping.Wait reading;
  private final ImportOptions options;
  private final FileSchema schema;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<NotCarried> cut = new ArrayList<>();

  private FileSource(SqliteSource source, ImportOptions options) {
    this.source = source;
    this.options = options;
    this.reading = options.course().wakenBy(source::interrupt);
    try {
      this.schema = look();
    } catch (RuntimeException e) {
      reading.close();
      throw e;
    }
  }

  /**
   * Opens a file and looks at what it defines.
   *
   * @throws SourceFileException if it cannot be read, or is damaged
   */
  static FileSource open(Path file, ImportOptions options) {
    SqliteSource source = SqliteSource.open(file);
    try {
      return new FileSource(source, options);
    } catch (RuntimeException e) {
      try {
        source.close();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private FileSchema look() {
    options.course().opened();
    PlannedSchema.refuseAnother(source.file(), options.plannedSchema(), source.schemaPrints());
    source.contents(); // makes the collations known that only an application has
    FileSchema all = FileSchema.read(source.reading());
    Selection selection = options.selection();
    selection.refuseUnmatched(all.tableNames());
    source.refuseDamage(selection::leavesOut);
    source.refuseLoss(selection::leavesOut);
    FileSchema kept = all.without(selection::leavesOut);
    all.tableNames().stream()
        .filter(selection::leavesOut)
        .forEach(t -> leftOut.add(new LeftOut("table", t, "as asked")));
    all.of("trigger").stream()
        .filter(t -> !kept.definitions().contains(t))
        .map(t -> new LeftOut(t.type(), t.name(), "with table " + t.table() + ", as asked"))
        .forEach(leftOut::add);
    kept.tables().forEach(this::count);
    return kept;
  }

  private void count(StoredTable table) {
    long rows = source.countStored(table.name());
    long most = options.selection().limit();
    counts.put(table.name(), Math.min(rows, most));
    if (rows > most) {
      String why = "Only " + most + " of its " + rows + " rows, as asked";
      cut.add(new NotCarried(Kind.LIMIT, table.name(), why));
    }
  }

  /**
   * Refuses rows that are too large to be taken into memory several times.
   *
   * @throws SourceFileException naming the first table with one
   */
  void refuseTooLarge() {
    long most = Math.min(options.largestRow(), Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
    if (LargestRow.isFileWithin(source.reading(), most)) {
      return;
    }
    for (StoredTable table : schema.tables()) {
      long largest = LargestRow.of(source.reading(), table);
      if (largest > most) {
        throw tooLarge(table.name(), largest, most);
      }
    }
  }

  private SourceFileException tooLarge(String table, long largest, long most) {
    return new SourceFileException(
        source.file(),
        "Table "
            + table
            + " has a row of "
            + largest
            + " bytes; into a SQLite file, rows of up to "
            + most
            + " bytes are carried.",
        "Give Java at least "
            + (PART_OF_MEMORY * largest / MIB + 1)
            + " MiB of memory (-Xmx), of which a row may take an eighth, or raise largestRow.",
        null);
  }

  /** Returns what is carried. */
  FileSchema schema() {
    return schema;
  }

  /** Returns the file with its moment. */
  SqliteSource at() {
    return source;
  }

  /** Returns what somebody asked to leave out. */
  List<LeftOut> leftOut() {
    return leftOut;
  }

  /** Returns the tables of which not all rows are read. */
  List<NotCarried> cut() {
    return cut;
  }

  /** Returns whether all rows of all tables are carried. */
  boolean isWhole() {
    return cut.isEmpty() && leftOut.isEmpty();
  }

  long rows(StoredTable table) {
    return counts.getOrDefault(table.name(), 0L);
  }

  long totalRows() {
    return counts.values().stream().mapToLong(n -> n).sum();
  }

  /** Returns what is defined of a kind, without what is made in another way. */
  List<Definition> storedTables() {
    return schema.of("table").stream().filter(Definition::isStoredTable).toList();
  }

  @Override
  public void close() {
    reading.close();
    source.close();
  }
}
