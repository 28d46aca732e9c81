package dev.outgrow.query.export;

import static dev.outgrow.query.fixture.Events.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.selectFrom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.outgrow.database.Backend;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.Events;
import dev.outgrow.query.fixture.Events.Event;
import dev.outgrow.query.fixture.JvmZone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Random rows as CSV and as JSON lines, read back, in every zone of the JVM. */
class ExportPropertyTest {
  private static final int ROWS = Boolean.getBoolean("outgrow.exhaustive") ? 3000 : 30;
  private static @Nullable BothBackends both;

  @BeforeContainer
  static void createTheTable() {
    both = BothBackends.open();
    Events.create(both);
  }

  @AfterContainer
  static void close() {
    both().close();
  }

  private static BothBackends both() {
    return Objects.requireNonNull(both);
  }

  @Provide
  Arbitrary<List<Event>> events() {
    return Events.arbitrary(ROWS);
  }

  @Property(tries = 10, seed = "25")
  void readBackAsTheRowsThatWereStored(@ForAll("events") List<Event> events) {
    Events.fill(both(), events);
    List<List<@Nullable String>> expected = new ArrayList<>();
    events.forEach(row -> expected.add(texts(row)));
    JvmZone.inEach(
        () -> {
          for (Backend backend : Backend.values()) {
            DSLContext sql = Jooq.on(both().database(backend));
            QueryExport export = QueryExport.of(selectFrom(EVENTS).orderBy(EVENTS.id));
            ByteArrayOutputStream csv = new ByteArrayOutputStream();
            ByteArrayOutputStream json = new ByteArrayOutputStream();

            assertThat(export.csv(sql, csv)).isEqualTo(events.size());
            assertThat(export.jsonLines(sql, json)).isEqualTo(events.size());

            List<List<@Nullable String>> read = Csv.read(csv.toString(StandardCharsets.UTF_8));
            assertThat(read.subList(1, read.size())).as(backend.title()).isEqualTo(expected);
            assertThat(objects(json.toString(StandardCharsets.UTF_8)))
                .as(backend.title())
                .isEqualTo(expected);
          }
        });
  }

  private static List<@Nullable String> texts(Event row) {
    List<@Nullable String> texts = new ArrayList<>();
    Arrays.stream(row.intoArray()).forEach(value -> texts.add(text(value)));
    return texts;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof BigDecimal decimal
        ? decimal.toPlainString()
        : value == null ? null : value.toString();
  }

  private static List<List<@Nullable String>> objects(String lines) {
    List<List<@Nullable String>> objects = new ArrayList<>();
    for (String line : lines.split("\n", -1)) {
      if (!line.isEmpty()) {
        objects.add(values(line));
      }
    }
    return objects;
  }

  private static List<@Nullable String> values(String line) {
    List<@Nullable String> values = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(line)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isScalarValue()) {
          values.add(token == JsonToken.VALUE_NULL ? null : json.getText());
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return values;
  }
}
