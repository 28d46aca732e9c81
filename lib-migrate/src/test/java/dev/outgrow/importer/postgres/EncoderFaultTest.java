package dev.outgrow.importer.postgres;

import static dev.outgrow.importer.fixture.ListedRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.copy.Chunk;
import dev.outgrow.importer.copy.CopyWriter;
import dev.outgrow.importer.copy.RowEncoder;
import dev.outgrow.importer.fixture.ListedRows;
import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.mapping.TargetType.Base;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.Difference.What;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/** What an encoder of any type writes wrong, be it one bit, is found and shown. */
class EncoderFaultTest {
  private static final int HEADER = 19;

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  @BeforeAll
  static void start() {
    server = TestDatabase.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> types() {
    String uuid = "00000000-0000-4000-8000-000000000001";
    return Stream.of(
        Arguments.of(TargetType.BIGINT, Form.STORED, 20L),
        Arguments.of(TargetType.DOUBLE_PRECISION, Form.STORED, 1.5),
        Arguments.of(TargetType.NUMERIC, Form.STORED, 2.5),
        Arguments.of(TargetType.NUMERIC, Form.STORED, 7L),
        Arguments.of(TargetType.TEXT, Form.STORED, "two"),
        Arguments.of(new TargetType(Base.VARCHAR, 10, 0), Form.STORED, "two"),
        Arguments.of(TargetType.BYTEA, Form.STORED, new byte[] {1, 2}),
        Arguments.of(TargetType.BOOLEAN, Form.STORED, 1L),
        Arguments.of(TargetType.DATE, Form.STORED, "2024-02-29"),
        Arguments.of(TargetType.TIME, Form.STORED, "10:00:00"),
        Arguments.of(TargetType.TIMESTAMP, Form.STORED, "2024-02-29 10:00:00"),
        Arguments.of(TargetType.TIMESTAMPTZ, Form.STORED, "2024-02-29 10:00:00Z"),
        Arguments.of(TargetType.UUID, Form.STORED, uuid),
        Arguments.of(TargetType.JSON, Form.STORED, "1"),
        Arguments.of(TargetType.SMALLINT, Form.NUMBER, "12"),
        Arguments.of(TargetType.INTEGER, Form.NUMBER, "12"),
        Arguments.of(TargetType.BIGINT, Form.NUMBER, "12"),
        Arguments.of(TargetType.REAL, Form.NUMBER, "1.5"),
        Arguments.of(TargetType.DOUBLE_PRECISION, Form.NUMBER, "1.5"),
        Arguments.of(TargetType.NUMERIC, Form.NUMBER, "1.5"),
        Arguments.of(new TargetType(Base.NUMERIC, 10, 2), Form.NUMBER, "1.25"),
        Arguments.of(TargetType.BOOLEAN, Form.BOOLEAN, "yes"),
        Arguments.of(TargetType.TEXT, Form.TEXT, 5L),
        Arguments.of(new TargetType(Base.VARCHAR, 10, 0), Form.TEXT, 1.5),
        Arguments.of(TargetType.UUID, Form.UUID_MIXED, new byte[16]),
        Arguments.of(TargetType.JSON, Form.JSON, "1"),
        Arguments.of(TargetType.JSONB, Form.JSON, "1"),
        Arguments.of(TargetType.DATE, Form.ISO, "2024-02-29"),
        Arguments.of(TargetType.TIME, Form.ISO, "10:00:00"),
        Arguments.of(TargetType.TIMESTAMP, Form.EPOCH_MILLIS, 1_700_000_000_000L),
        Arguments.of(TargetType.TIMESTAMPTZ, Form.EPOCH_SECONDS, 1_700_000_000L),
        Arguments.of(TargetType.TIMESTAMPTZ, Form.JULIAN_DAY, 2460263.5));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("types")
  void oneWrongBitIsFound(TargetType type, Form form, Object value) throws Exception {
    TableMapping table = table(type, Reading.of(form));
    byte[] rows = encoded(table, value);
    Field field = second(rows);
    if (type.base() == Base.NUMERIC) { // of whose last digits the server takes no notice
      rows[field.at() + field.length() - 2] ^= 4;
    } else {
      rows[field.at() + field.length() - 1] ^= 1;
    }

    assertFound(table, value, rows);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("types")
  void nullForAValueIsFound(TargetType type, Form form, Object value) throws Exception {
    TableMapping table = table(type, Reading.of(form));
    assertFound(table, value, replaced(encoded(table, value), null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void aValueForNullIsFound(TargetType type) throws Exception {
    TableMapping table = table(type, Reading.of(Form.TEXT).withEmptyIsNull(true));
    assertFound(table, "", replaced(encoded(table, ""), new byte[0]));
  }

  static Stream<TargetType> texts() {
    return Stream.of(TargetType.TEXT, new TargetType(Base.VARCHAR, 10, 0));
  }

  private static TableMapping table(TargetType type, Reading reading) {
    return MappedTable.named("faulty")
        .column("id", TargetType.BIGINT)
        .column("v", type, reading)
        .key("id")
        .build();
  }

  private static ListedRows rows(Object value) {
    return ListedRows.of(
        List.<@Nullable Object[]>of(row(1L, value), row(2L, value), row(3L, null)));
  }

  private static byte[] encoded(TableMapping table, Object value) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    CopyWriter writer =
        new CopyWriter(
            full -> {
              sent.write(full.bytes(), 0, full.length());
              return full;
            },
            new Chunk(1024));
    writer.header();
    RowEncoder encoder = RowEncoder.of(table);
    ListedRows rows = rows(value);
    while (rows.next()) {
      encoder.write(rows.row(), writer);
    }
    writer.trailer();
    return sent.toByteArray();
  }

  /** Where the bytes of a field are. */
  private record Field(int at, int length) {}

  /** Returns the second column of the second row. */
  private static Field second(byte[] rows) {
    ByteBuffer buffer = ByteBuffer.wrap(rows).position(HEADER);
    Field field = new Field(0, 0);
    for (int cell = 0; cell < 4; cell++) {
      if (cell % 2 == 0) {
        assertThat(buffer.getShort()).isEqualTo((short) 2);
      }
      int length = buffer.getInt();
      field = new Field(buffer.position(), length);
      buffer.position(buffer.position() + Math.max(length, 0));
    }
    return field;
  }

  private static byte[] replaced(byte[] rows, byte @Nullable [] value) {
    Field field = second(rows);
    int rest = field.at() + Math.max(field.length(), 0);
    int length = value == null ? 0 : value.length;
    ByteBuffer changed = ByteBuffer.allocate(field.at() + length + rows.length - rest);
    changed.put(rows, 0, field.at() - Integer.BYTES).putInt(value == null ? -1 : length);
    if (value != null) {
      changed.put(value);
    }
    return changed.put(Arrays.copyOfRange(rows, rest, rows.length)).array();
  }

  private static void assertFound(TableMapping table, Object value, byte[] sent) throws Exception {
    server.execute(
        "DROP TABLE IF EXISTS faulty",
        "CREATE TABLE faulty (id bigint, v " + table.columns().get(1).type().sql() + ")");
    TableVerdict verdict;
    try (Connection connection = server.connection()) {
      long loaded =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY faulty FROM STDIN (FORMAT binary)", new ByteArrayInputStream(sent));
      assertThat(loaded).isEqualTo(3);
      verdict =
          new Verifier(connection, "public")
              .verify(table, Verifier.digest(table, rows(value)), () -> rows(value), done -> {});
    }
    assertThat(verdict.verified()).isFalse();
    assertThat(verdict.differences()).hasSize(1);
    Difference found = verdict.differences().get(0);
    assertThat(found.key()).isEqualTo("id=2");
    assertThat(found.what()).isEqualTo(What.CHANGED);
    assertThat(found.columns()).containsExactly("v");
    assertThat(found.values()).hasSize(1);
    assertThat(found.values().get(0).source()).isNotBlank();
    assertThat(found.values().get(0).target()).isNotBlank();
  }
}
