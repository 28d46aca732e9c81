package dev.outgrow.importer.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.StatementException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.copy.CopyOut;

/** The server sends a row in a message; what may stand between here and there need not. */
class CopyReaderTest {
  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final List<@Nullable String> FIRST = Arrays.asList("one", null, "");
  private static final List<@Nullable String> SECOND = Arrays.asList("", "zwei", "x".repeat(100));

  @Test
  void readsMessagesCutAtEveryByte() throws Exception {
    byte[] stream = stream(List.of(FIRST, SECOND, FIRST));
    for (int size = 1; size <= stream.length; size++) {
      assertThat(read(cut(stream, size), 3))
          .as("messages of %d bytes", size)
          .containsExactly(FIRST, SECOND, FIRST);
    }
  }

  @Test
  void readsOnWhereAMessageEndsAnywhere() throws Exception {
    byte[] stream = stream(List.of(FIRST, SECOND));
    for (int at = 0; at <= stream.length; at++) {
      List<byte[]> messages =
          List.of(Arrays.copyOf(stream, at), Arrays.copyOfRange(stream, at, stream.length));
      assertThat(read(messages, 3)).as("cut at %d", at).containsExactly(FIRST, SECOND);
    }
  }

  @Test
  void keepsNoMoreThanARowAndAMessage() throws Exception {
    byte[] stream = stream(Collections.nCopies(2000, SECOND));
    CopyReader reader = new CopyReader(new Messages(cut(stream, 1000)), 3);
    int longest = 0;
    while (reader.next()) {
      longest = Math.max(longest, reader.buffer().length);
    }

    assertThat(longest).isLessThan(5000);
  }

  @Test
  void readsATableWithoutRows() throws Exception {
    assertThat(read(List.of(stream(List.of())), 3)).isEmpty();
  }

  @Test
  void skipsAnExtensionOfTheHeader() throws Exception {
    byte[] stream =
        concat(header(0, 5), "extra".getBytes(StandardCharsets.UTF_8), row(FIRST), int16(-1));

    assertThat(read(cut(stream, 3), 3)).containsExactly(FIRST);
  }

  @Test
  void reportsAStreamThatEndsAnywhere() throws Exception {
    byte[] stream = stream(List.of(FIRST, SECOND));
    for (int end = 0; end < stream.length; end++) {
      assertRefused(List.of(Arrays.copyOf(stream, end)), 3);
    }
  }

  @Test
  void reportsAnotherSignature() throws Exception {
    byte[] stream = stream(List.of(FIRST));
    stream[7] = 0x7F;

    assertRefused(List.of(stream), 3);
  }

  @Test
  void reportsFlagsItDoesNotKnow() throws Exception {
    assertRefused(List.of(concat(header(1 << 16, 0), row(FIRST), int16(-1))), 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -20, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void reportsAnExtensionOfAnImpossibleLength(int length) throws Exception {
    assertRefused(List.of(concat(header(0, length), row(FIRST), int16(-1))), 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, -2, Short.MIN_VALUE})
  void reportsARowOfAnotherNumberOfFields(int fields) throws Exception {
    byte[] row = row(FIRST);
    row[0] = (byte) (fields >> 8);
    row[1] = (byte) fields;

    assertRefused(List.of(concat(header(0, 0), row, int16(-1))), 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, Integer.MIN_VALUE, Integer.MAX_VALUE, 1000})
  void reportsAFieldOfAnImpossibleLength(int length) throws Exception {
    byte[] row = row(FIRST);
    System.arraycopy(int32(length), 0, row, 2, 4);

    assertRefused(List.of(concat(header(0, 0), row, int16(-1))), 3);
  }

  @Test
  void reportsWhatComesAfterTheEnd() throws Exception {
    byte[] tooMuch = concat(stream(List.of(FIRST)), row(SECOND));

    assertRefused(List.of(tooMuch), 3);
    assertRefused(List.of(stream(List.of(FIRST)), row(SECOND)), 3);
  }

  @Test
  void reportsAFieldThatIsTooShortOrTooLongForAWord() throws Exception {
    for (String field : List.of("", "1234567", "123456789")) {
      CopyReader reader = new CopyReader(new Messages(List.of(stream(List.of(List.of(field))))), 1);
      reader.next();

      assertThatExceptionOfType(StatementException.class)
          .as(field)
          .isThrownBy(() -> reader.int64(0));
    }
  }

  @Test
  void readsWordsInNetworkOrder() throws Exception {
    byte[] word = {0, 8, 0, 0, 0, 8, 1, 2, 3, 4, 5, 6, 7, (byte) 0x88};
    word[1] = 1;
    CopyReader reader =
        new CopyReader(new Messages(List.of(concat(header(0, 0), word, int16(-1)))), 1);

    assertThat(reader.next()).isTrue();
    assertThat(reader.int64(0)).isEqualTo(0x0102030405060788L);
    assertThat(reader.int16(0, 6)).isEqualTo(0x0788);
    assertThat(reader.next()).isFalse();
  }

  private static void assertRefused(List<byte[]> messages, int fields) {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(() -> read(messages, fields))
        .withMessageStartingWith("While rows were read back, the server sent ")
        .satisfies(e -> assertThat(e.sqlState()).isEqualTo("08P01"));
  }

  private static List<List<@Nullable String>> read(List<byte[]> messages, int fields)
      throws SQLException {
    Messages copy = new Messages(messages);
    CopyReader reader = new CopyReader(copy, fields);
    List<List<@Nullable String>> rows = new ArrayList<>();
    while (reader.next()) {
      List<@Nullable String> row = new ArrayList<>();
      for (int i = 0; i < fields; i++) {
        row.add(
            reader.isNull(i)
                ? null
                : new String(
                    reader.buffer(), reader.offset(i), reader.length(i), StandardCharsets.UTF_8));
      }
      rows.add(row);
    }
    assertThat(copy.messages).as("messages left").isEmpty();
    return rows;
  }

  private static byte[] stream(List<List<@Nullable String>> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header(0, 0));
    for (List<@Nullable String> row : rows) {
      out.write(row(row));
    }
    out.write(int16(-1));
    return out.toByteArray();
  }

  private static byte[] header(int flags, int extension) throws IOException {
    return concat(SIGNATURE, int32(flags), int32(extension));
  }

  private static byte[] row(List<@Nullable String> fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(fields.size());
    for (String field : fields) {
      out.writeInt(field == null ? -1 : field.length());
      out.writeBytes(field == null ? "" : field);
    }
    return bytes.toByteArray();
  }

  private static byte[] int16(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }

  private static byte[] int32(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }

  private static byte[] concat(byte[]... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part);
    }
    return out.toByteArray();
  }

  private static List<byte[]> cut(byte[] stream, int size) {
    List<byte[]> messages = new ArrayList<>();
    for (int at = 0; at < stream.length; at += size) {
      messages.add(Arrays.copyOfRange(stream, at, Math.min(at + size, stream.length)));
    }
    return messages;
  }

  /** Hands out messages as the driver does; no server cuts them like this. */
  private static final class Messages implements CopyOut {
    private final Deque<byte[]> messages;

    Messages(List<byte[]> messages) {
      this.messages = new ArrayDeque<>(messages);
    }

    @Override
    public byte @Nullable [] readFromCopy() {
      return messages.poll();
    }

    @Override
    public byte @Nullable [] readFromCopy(boolean block) {
      return messages.poll();
    }

    @Override
    public int getFieldCount() {
      return 0;
    }

    @Override
    public int getFormat() {
      return 1;
    }

    @Override
    public int getFieldFormat(int field) {
      return 1;
    }

    @Override
    public boolean isActive() {
      return !messages.isEmpty();
    }

    @Override
    public void cancelCopy() {
      messages.clear();
    }

    @Override
    public long getHandledRowCount() {
      return -1;
    }
  }
}
