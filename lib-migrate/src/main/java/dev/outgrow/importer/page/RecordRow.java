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
  // Of each column: where it is among the fields, whether it is the rowid, whether it is a real.
  private final int[] positions;
  private final boolean[] rowids;
  private final boolean[] reals;
  private final int mostFields;
  private final long[] types;
  private final int[] places;
  private final StorageClass[] classes;
  private final long[] validIn;
  private final byte[] @Nullable [] bytes;
  private final @Nullable Value[] otherwise;
  private int fields;
  private long rowid;
  private long heldBytes;
  private boolean holds;
  private long rows;

  RecordRow(PageTable table, Payload payload) {
    this.keyNames = table.keyNames();
    this.keyPositions = table.keyPositions();
    this.utf8 = table.utf8();
    this.toUtf8 = table.toUtf8();
    this.held = table.held();
    this.added = table.added();
    this.payload = payload;
    this.mostFields = table.shape().fields();
    this.types = new long[mostFields];
    this.places = new int[mostFields];
    int columns = table.shape().columns().size();
    this.positions = new int[columns];
    this.rowids = new boolean[columns];
    this.reals = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      TableShape.Field field = table.shape().columns().get(i);
      positions[i] = field.position();
      rowids[i] = field.rowid();
      reals[i] = field.real();
    }
    this.classes = new StorageClass[columns];
    this.validIn = new long[columns];
    this.bytes = new byte[columns][];
    this.otherwise = new Value[columns];
    Arrays.fill(classes, StorageClass.NULL);
  }

  /** Takes the record that was taken last. */
  void load(long id) throws UnknownFormatException {
    rowid = id;
    rows++;
    heldBytes = 0;
    try {
      readTypes();
    } catch (IndexOutOfBoundsException e) {
      throw unknown("a record whose types end behind it");
    }
    for (int i = 0; i < classes.length; i++) {
      classes[i] = classOf(i);
    }
    if (holds) {
      Arrays.fill(bytes, null);
      holds = false;
    }
  }

  private void readTypes() throws UnknownFormatException {
    byte[] record = payload.bytes;
    int end = payload.start + payload.length;
    long headerSize = Bytes.varint(record, payload.start, end);
    int at = payload.start + Bytes.varintLength(record, payload.start);
    if (headerSize < at - payload.start || headerSize > payload.length) {
      throw unknown("a record whose types end behind it");
    }
    int headerEnd = payload.start + (int) headerSize;
    long place = headerSize;
    fields = 0;
    while (at < headerEnd) {
      long type = record[at];
      if (type >= 0) {
        at++; // nearly all types take one byte
      } else {
        type = Bytes.varint(record, at, headerEnd);
        at += Bytes.varintLength(record, at);
      }
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
    return type < FIRST_BLOB ? SIZES[(int) type] : (type - FIRST_BLOB) >> 1;
  }

  private static UnknownFormatException unknown(String what) {
    return new UnknownFormatException(0, what);
  }

  private StorageClass classOf(int i) throws UnknownFormatException {
    if (rowids[i]) {
      return StorageClass.INTEGER;
    }
    int position = positions[i];
    if (position >= fields) {
      return added(i).storageClass();
    }
    long type = types[position];
    if (type >= FIRST_BLOB) {
      return isBlob(type) ? StorageClass.BLOB : StorageClass.TEXT;
    }
    if (type == 0) {
      return StorageClass.NULL;
    }
    if (type == REAL) {
      // SQLite takes what is no number for no value.
      return Double.isNaN(stored(position)) ? StorageClass.NULL : StorageClass.REAL;
    }
    return reals[i] ? StorageClass.REAL : StorageClass.INTEGER;
  }

  private static boolean isBlob(long type) {
    return (type & 1) == 0;
  }

  private Value added(int column) throws UnknownFormatException {
    Value known = otherwise[column];
    if (known == null) {
      known = added.value(column).orElseThrow(() -> unknown("a record that is too short"));
      otherwise[column] = known;
    }
    return known;
  }

  private double stored(int position) {
    return Double.longBitsToDouble(number(position, SIZES[REAL]));
  }

  private long number(int position, int size) {
    return Bytes.integer(payload.bytes, payload.start + places[position], size);
  }

  @Override
  public int columns() {
    return classes.length;
  }

  /** Returns what is stored in a column; the one behind the last is the rowid. */
  @Override
  public StorageClass storageClass(int column) {
    return column == classes.length ? StorageClass.INTEGER : classes[column];
  }

  @Override
  public long integer(int column) {
    if (column == classes.length || rowids[column]) {
      return rowid;
    }
    Value value = valueIfAdded(column);
    return value == null ? stored64(positions[column]) : value.integer();
  }

  private long stored64(int position) {
    int type = (int) types[position];
    return type == ZERO || type == ONE ? type - ZERO : number(position, SIZES[type]);
  }

  private @Nullable Value valueIfAdded(int column) {
    return positions[column] >= fields ? otherwise[column] : null;
  }

  @Override
  public double real(int column) {
    Value value = valueIfAdded(column);
    if (value != null) {
      return value.real();
    }
    int position = positions[column];
    return types[position] == REAL ? stored(position) : stored64(position);
  }

  @Override
  public byte[] bytes(int column) {
    byte[] known = bytes[column];
    if (known == null) {
      Value value = valueIfAdded(column);
      known = value == null ? read(positions[column]) : value.bytes();
      bytes[column] = known;
      holds = true;
      heldBytes += known.length;
      held.accept(heldBytes);
    }
    return known;
  }

  private byte[] read(int position) {
    long type = types[position];
    byte[] stored = payload.copy(places[position], (int) size(type));
    return isBlob(type) ? stored : toUtf8.apply(stored);
  }

  @Override
  public byte[] array(int column) {
    return standsInRecord(column) ? payload.bytes : bytes(column);
  }

  @Override
  public int offset(int column) {
    return standsInRecord(column) ? payload.start + places[positions[column]] : 0;
  }

  @Override
  public long length(int column) {
    return standsInRecord(column) ? size(types[positions[column]]) : bytes(column).length;
  }

  /** Returns whether the bytes of a column are in its record as they are handed out. */
  private boolean standsInRecord(int column) {
    int position = positions[column];
    return position < fields && (utf8 || isBlob(types[position]));
  }

  /** The survey asks, and then the encoder: it is looked at once. */
  @Override
  public boolean isValidText(int column) {
    if (validIn[column] != rows) {
      if (!SourceRow.super.isValidText(column)) {
        return false;
      }
      validIn[column] = rows;
    }
    return true;
  }

  @Override
  public String key() {
    return KeyText.of(keyNames, keyPositions.stream().map(p -> KeyText.cell(this, p)).toList());
  }
}
