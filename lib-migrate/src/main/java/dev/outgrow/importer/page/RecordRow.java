package dev.outgrow.importer.page;

import dev.outgrow.importer.source.KeyText;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The row a walk stands on, read from its record when it is asked for. A record is a list of types,
 * led by its own size, and then the values: see "Record Format" in SQLite's "Database File Format".
 * <em>Not thread-safe.</em>
 */
final class RecordRow implements SourceRow {
  private static final int REAL = 7;
  private static final int ZERO = 8;
  private static final int ONE = 9;
  private static final int FIRST_BLOB = 12;
  private static final int[] SIZES = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};

  private final List<String> keyNames;
  private final List<Integer> keyPositions;
  private final boolean utf8;
  private final UnaryOperator<byte[]> toUtf8;
  private final LongConsumer held;
  private final PageTable.Added added;
  private final Payload payload;
  private final TableShape.Field[] columns;
  private final int mostFields;
  private final long[] types;
  private final int[] places;
  private final StorageClass[] classes;
  private final byte[] @Nullable [] bytes;
  private final @Nullable Value[] otherwise;
  private int fields;
  private long rowid;
  private long heldBytes;

  RecordRow(PageTable table, Payload payload) {
    this.keyNames = table.keyNames();
    this.keyPositions = table.keyPositions();
    this.utf8 = table.utf8();
    this.toUtf8 = table.toUtf8();
    this.held = table.held();
    this.added = table.added();
    this.payload = payload;
    this.columns = table.shape().columns().toArray(new TableShape.Field[0]);
    this.mostFields = table.shape().fields();
    this.types = new long[mostFields];
    this.places = new int[mostFields];
    this.classes = new StorageClass[columns.length];
    this.bytes = new byte[columns.length][];
    this.otherwise = new Value[columns.length];
    Arrays.fill(classes, StorageClass.NULL);
  }

  /** Takes the record that was taken last. */
  void load(long id) throws UnknownFormatException {
    rowid = id;
    heldBytes = 0;
    try {
      readTypes();
    } catch (IndexOutOfBoundsException e) {
      throw unknown("a record whose types end behind it");
    }
    for (int i = 0; i < columns.length; i++) {
      classes[i] = classOf(i);
      bytes[i] = null;
    }
  }

  private void readTypes() throws UnknownFormatException {
    int end = payload.start + payload.length;
    long headerSize = Bytes.varint(payload.bytes, payload.start, end);
    int at = payload.start + Bytes.varintLength(payload.bytes, payload.start);
    if (headerSize < at - payload.start || headerSize > payload.length) {
      throw unknown("a record whose types end behind it");
    }
    int headerEnd = payload.start + (int) headerSize;
    long place = headerSize;
    fields = 0;
    while (at < headerEnd) {
      long type = Bytes.varint(payload.bytes, at, headerEnd);
      at += Bytes.varintLength(payload.bytes, at);
      if (fields == mostFields || type < 0 || (type > ONE && type < FIRST_BLOB)) {
        throw unknown("a field of type " + type);
      }
      types[fields] = type;
      places[fields] = (int) place;
      fields++;
      place += size(type);
      if (place > payload.length) {
        break;
      }
    }
    if (place != payload.length) {
      throw unknown("a record of other values than its types say");
    }
  }

  private static long size(long type) {
    return type < FIRST_BLOB ? SIZES[(int) type] : (type - FIRST_BLOB) / 2;
  }

  private static UnknownFormatException unknown(String what) {
    return new UnknownFormatException(0, what);
  }

  private StorageClass classOf(int i) throws UnknownFormatException {
    TableShape.Field column = columns[i];
    if (column.rowid()) {
      return StorageClass.INTEGER;
    }
    if (column.position() >= fields) {
      return added(i).storageClass();
    }
    long type = types[column.position()];
    if (type >= FIRST_BLOB) {
      return type % 2 == 0 ? StorageClass.BLOB : StorageClass.TEXT;
    }
    if (type == 0) {
      return StorageClass.NULL;
    }
    if (type == REAL) {
      // SQLite takes what is no number for no value.
      return Double.isNaN(stored(column)) ? StorageClass.NULL : StorageClass.REAL;
    }
    return column.real() ? StorageClass.REAL : StorageClass.INTEGER;
  }

  private Value added(int column) throws UnknownFormatException {
    Value known = otherwise[column];
    if (known == null) {
      known = added.value(column, rowid).orElseThrow(() -> unknown("a record that is too short"));
      otherwise[column] = known;
    }
    return known;
  }

  private double stored(TableShape.Field column) {
    return Double.longBitsToDouble(number(column, SIZES[REAL]));
  }

  private long number(TableShape.Field column, int size) {
    return Bytes.integer(payload.bytes, payload.start + places[column.position()], size);
  }

  @Override
  public int columns() {
    return columns.length;
  }

  /** Returns what is stored in a column; the one behind the last is the rowid. */
  @Override
  public StorageClass storageClass(int column) {
    return column == columns.length ? StorageClass.INTEGER : classes[column];
  }

  @Override
  public long integer(int column) {
    if (column == columns.length || columns[column].rowid()) {
      return rowid;
    }
    Value value = valueIfAdded(column);
    return value == null ? integer(columns[column]) : value.integer();
  }

  private long integer(TableShape.Field column) {
    int type = (int) types[column.position()];
    return type == ZERO || type == ONE ? type - ZERO : number(column, SIZES[type]);
  }

  private @Nullable Value valueIfAdded(int column) {
    return columns[column].position() >= fields ? otherwise[column] : null;
  }

  @Override
  public double real(int column) {
    TableShape.Field field = columns[column];
    Value value = valueIfAdded(column);
    if (value != null) {
      return value.real();
    }
    return types[field.position()] == REAL ? stored(field) : integer(field);
  }

  @Override
  public byte[] bytes(int column) {
    byte[] known = bytes[column];
    if (known == null) {
      Value value = valueIfAdded(column);
      known = value == null ? read(columns[column]) : value.bytes();
      bytes[column] = known;
      heldBytes += known.length;
      held.accept(heldBytes);
    }
    return known;
  }

  private byte[] read(TableShape.Field column) {
    long type = types[column.position()];
    byte[] stored = payload.copy(places[column.position()], (int) size(type));
    return type % 2 == 0 ? stored : toUtf8.apply(stored);
  }

  @Override
  public byte[] array(int column) {
    return standsInRecord(column) ? payload.bytes : bytes(column);
  }

  @Override
  public int offset(int column) {
    return standsInRecord(column) ? payload.start + places[columns[column].position()] : 0;
  }

  @Override
  public long length(int column) {
    return standsInRecord(column) ? size(types[columns[column].position()]) : bytes(column).length;
  }

  /** Returns whether the bytes of a column are in its record as they are handed out. */
  private boolean standsInRecord(int column) {
    int position = columns[column].position();
    return position < fields && (utf8 || types[position] % 2 == 0);
  }

  @Override
  public String key() {
    return KeyText.of(keyNames, keyPositions.stream().map(p -> KeyText.cell(this, p)).toList());
  }
}
