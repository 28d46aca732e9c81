package dev.outgrow.importer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way to read a moment gives what the JDK's formats give, or nothing. */
class PlainMomentTest {
  private static final LocalDateTime FIRST = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final int CASES = Boolean.getBoolean("outgrow.exhaustive") ? 5_000_000 : 100_000;
  private static final String BYTES = "0123456789-:.TZ +a";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static LocalDateTime moment(Random random) {
    return LocalDateTime.of(0, 1, 1, 0, 0)
        .plusDays(random.nextInt(3_652_059))
        .plus(random.nextLong(86_400_000_000L), ChronoUnit.MICROS);
  }

  private static String spelled(LocalDateTime moment, int decimals, char separator, String zone) {
    String all =
        String.format(
            "%04d-%02d-%02d%c%02d:%02d:%02d.%06d",
            moment.getYear(),
            moment.getMonthValue(),
            moment.getDayOfMonth(),
            separator,
            moment.getHour(),
            moment.getMinute(),
            moment.getSecond(),
            moment.getNano() / 1000);
    return all.substring(0, 19 + (decimals == 0 ? 0 : 1 + decimals)) + zone;
  }

  @Test
  void everyMomentIsReadAsTheCalendarCountsIt() {
    Random random = new Random(41);
    String[] zones = {"", "Z", "+00:00"};
    for (int i = 0; i < CASES / 10; i++) {
      int decimals = random.nextInt(7);
      long step = (long) Math.pow(10, 6 - (double) decimals);
      LocalDateTime drawn = moment(random);
      LocalDateTime moment =
          drawn.minus(drawn.get(ChronoField.MICRO_OF_SECOND) % step, ChronoUnit.MICROS);
      char separator = random.nextBoolean() ? ' ' : 'T';
      String text = spelled(moment, decimals, separator, zones[random.nextInt(3)]);
      assertThat(PlainMoment.micros(bytes(text)))
          .as(text)
          .isEqualTo(ChronoUnit.MICROS.between(FIRST, moment));
    }
  }

  /** Where the two disagreed, a difference would be made up, or one would be hidden. */
  @Test
  void whateverItReadsTheFormatsReadAlike() {
    Random random = new Random(42);
    int read = 0;
    for (int i = 0; i < CASES; i++) {
      String zone = random.nextInt(4) == 0 ? "+0" + random.nextInt(10) + ":00" : "";
      byte[] text = bytes(spelled(moment(random), random.nextInt(7), ' ', zone));
      int length = random.nextInt(8) == 0 ? 10 : text.length;
      byte[] changed = Arrays.copyOf(text, length);
      for (int n = random.nextInt(3); n > 0; n--) {
        changed[random.nextInt(length)] = (byte) BYTES.charAt(random.nextInt(BYTES.length()));
      }
      long micros = PlainMoment.micros(changed);
      if (micros != PlainMoment.NONE) {
        read++;
        assertThat(Moment.spelledTimestamp(changed))
            .as(new String(changed, StandardCharsets.UTF_8))
            .isEqualTo(OptionalLong.of(micros));
      }
    }
    assertThat(read).isBetween(CASES / 4, CASES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024-02-3",
        "2024-02-30",
        "2023-02-29",
        "2024-13-01",
        "2024-00-01",
        "2024-01-00",
        "2024-01-01 ",
        "2024-01-01 24:00:00",
        "2024-01-01 10:60:00",
        "2024-01-01 10:00:60",
        "2024-01-01 10:00",
        "2024-01-01 10:00:00.",
        "2024-01-01 10:00:00.1234567",
        "2024-01-01 10:00:00.12x",
        "2024-01-01 10:00:00+05:30",
        "2024-01-01 10:00:00-00:00",
        "2024-01-01 10:00:00 ",
        "2024-01-01Z",
        "-0044-03-15 00:00:00",
        "١٢٣٤-01-01"
      })
  void whatIsSpelledOtherwiseIsLeftToTheFormats(String text) {
    assertThat(PlainMoment.micros(bytes(text))).isEqualTo(PlainMoment.NONE);
  }

  @Test
  void aDayWithATimeIsNoDay() {
    assertThat(Moment.days(bytes("1999-12-31"))).hasValue(-1);
    assertThat(Moment.days(bytes("1999-12-31 00:00:00"))).hasValue(-1);
    assertThat(Moment.days(bytes("1999-12-31 00:00:01"))).isEmpty();
    assertThat(Moment.days(bytes("2024-02-30"))).isEmpty();
  }
}
