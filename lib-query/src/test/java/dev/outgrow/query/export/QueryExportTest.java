package dev.outgrow.query.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.resultQuery;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.fixture.BothBackends;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.ResultQuery;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueryExportTest {
  private static final int TEXTS = 300;
  private static final BothBackends BOTH = BothBackends.open();
  private static final Field<Integer> ID = field(name("id"), SQLDataType.INTEGER);
  private static final Field<String> TEXT = field(name("text"), SQLDataType.CLOB);
  private static final Field<Double> FRACTION = field(name("fraction"), SQLDataType.DOUBLE);
  private static final Field<byte[]> BYTES = field(name("bytes"), SQLDataType.BLOB);
  private static final List<@Nullable String> STORED = new ArrayList<>();

  @BeforeAll
  static void fill() {
    BOTH.write(
        Backend.POSTGRESQL,
        sql -> sql.execute("create table t (id int, text text, fraction float8, bytes bytea)"));
    BOTH.write(
        Backend.SQLITE,
        sql -> sql.execute("create table t (id int, text text, fraction double, bytes blob)"));
    Random random = new Random(3);
    String alphabet = "a,\"\r\n;\t é😀'\\ ";
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(6); left > 0; left--) {
        text.appendCodePoint(
            alphabet.codePointAt(alphabet.offsetByCodePoints(0, random.nextInt(12))));
      }
      STORED.add(random.nextInt(10) == 0 ? null : text.toString());
    }
    BOTH.write(
        sql -> {
          for (int i = 0; i < TEXTS; i++) {
            sql.insertInto(table(name("t")), ID, TEXT, FRACTION, BYTES)
                .values(i, STORED.get(i), i / 8.0, new byte[] {(byte) i})
                .execute();
          }
        });
  }

  @AfterAll
  static void close() {
    BOTH.close();
  }

  @ParameterizedTest
  @EnumSource
  void writesCsvThatAReaderOfTheStandardReadsBack(Backend backend) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    long rows = QueryExport.of(query()).csv(sql(backend), out);

    List<List<@Nullable String>> read = Csv.read(out.toString(StandardCharsets.UTF_8));
    assertThat(rows).isEqualTo(TEXTS);
    assertThat(read.get(0)).containsExactly("id", "text", "fraction", "bytes");
    assertThat(read).hasSize(TEXTS + 1);
    for (int i = 0; i < TEXTS; i++) {
      assertThat(read.get(i + 1))
          .containsExactly(
              String.valueOf(i),
              STORED.get(i),
              String.valueOf(i / 8.0),
              String.format("%02x", i & 0xff));
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesAnObjectALine(Backend backend) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    long rows = QueryExport.of(query()).jsonLines(sql(backend), out);

    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n", -1);
    assertThat(rows).isEqualTo(TEXTS);
    assertThat(lines).hasSize(TEXTS + 1);
    assertThat(lines[TEXTS]).isEmpty();
    for (int i = 0; i < TEXTS; i++) {
      try (JsonParser json = new JsonFactory().createParser(lines[i])) {
        json.nextToken();
        assertThat(json.nextFieldName()).isEqualTo("id");
        assertThat(json.nextIntValue(-1)).isEqualTo(i);
        assertThat(json.nextFieldName()).isEqualTo("text");
        json.nextToken();
        assertThat(json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText())
            .isEqualTo(STORED.get(i));
        assertThat(json.nextFieldName()).isEqualTo("fraction");
        json.nextToken();
        assertThat(json.getDoubleValue()).isEqualTo(i / 8.0);
        assertThat(json.nextFieldName()).isEqualTo("bytes");
        json.nextToken();
        assertThat(json.getBinaryValue()).containsExactly(i);
        assertThat(json.nextToken()).isEqualTo(JsonToken.END_OBJECT);
        assertThat(json.nextToken()).isNull();
      }
    }
  }

  /** Together the rows are larger than the whole heap of a test, which is half a gigabyte. */
  @ParameterizedTest
  @EnumSource
  void holdsOnlyAFewOfTheRowsInMemory(Backend backend) {
    ResultQuery<?> query = rows(80_000, "x".repeat(10_000));
    CountingStream out = new CountingStream();

    long rows = QueryExport.of(query).csv(sql(backend), out);

    assertThat(rows).isEqualTo(80_000);
    assertThat(out.bytes).isGreaterThan(800_000_000L);
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheConnectionInOrderWhenTheOutputFails(Backend backend) {
    DSLContext sql = sql(backend);
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };

    for (int i = 0; i < 12; i++) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> QueryExport.of(rows(5_000, "text")).csv(sql, broken));
    }

    assertThat(sql.fetchCount(table(name("t")))).isEqualTo(TEXTS);
  }

  @ParameterizedTest
  @EnumSource
  void refusesObjectsWithTwoFieldsOfOneName(Backend backend) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                QueryExport.of(select(inline(1).as("a"), inline(2).as("a")))
                    .jsonLines(sql(backend), new ByteArrayOutputStream()));
  }

  private static ResultQuery<?> query() {
    return select(ID, TEXT, FRACTION, BYTES).from(table(name("t"))).orderBy(ID);
  }

  private static DSLContext sql(Backend backend) {
    return Jooq.on(BOTH.database(backend));
  }

  /** Many rows that no table has to hold. */
  private static ResultQuery<?> rows(int count, String text) {
    return resultQuery(
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < {0})"
            + " select i, {1} as text from n",
        inline(count), inline(text));
  }

  private static final class CountingStream extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int off, int len) {
      bytes += len;
    }
  }
}
