package dev.outgrow.examples.media;

import dev.outgrow.examples.media.Shelf.Playable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The sessions of the year in the order they began, their stream details and their log lines. */
final class Viewings {
  private static final List<String> PLATFORMS =
      List.of("Android", "Chrome", "iOS", "tvOS", "Roku", "Кинотеатр", "webOS", "Firefox");
  private static final Weights PLATFORM = Weights.of(22, 20, 16, 12, 10, 8, 7, 5);
  private static final List<String> DECISIONS = List.of("direct play", "copy", "transcode");
  private static final int[] HEIGHTS = {480, 720, 1080, 2160};
  private static final double[] FRAME_RATES = {23.976, 24.0, 25.0, 29.97, 59.94};

  private static final Weights HOUR =
      Weights.of(
          12, 6, 3, 2, 1, 2, 5, 9, 10, 8, 8, 10, 14, 14, 13, 15, 19, 26, 34, 46, 58, 60, 44, 24);
  private static final int[] MONTH = {118, 112, 104, 96, 88, 80, 78, 84, 95, 103, 112, 125};
  private static final int[] WEEKDAY = {80, 78, 82, 88, 112, 140, 134};

  private final Random random = new Random(20_250_303);
  private final Household household;
  private final Shelf shelf;
  private final Inserts sessions;
  private final Inserts details;
  private final Inserts logs;
  private final int count;
  private int lastId;
  private int lastLog;

  private Viewings(
      Household household,
      Shelf shelf,
      Inserts sessions,
      Inserts details,
      Inserts logs,
      int count) {
    this.household = household;
    this.shelf = shelf;
    this.sessions = sessions;
    this.details = details;
    this.logs = logs;
    this.count = count;
  }

  static void write(Connection sqlite, Household household, Shelf shelf, int count)
      throws SQLException {
    try (Inserts sessions = new Inserts(sqlite, "sessions", 11);
        Inserts details = new Inserts(sqlite, "stream_details", 9);
        Inserts logs = new Inserts(sqlite, "logs", 6)) {
      new Viewings(household, shelf, sessions, details, logs, count).year();
      sessions.finish();
      details.finish();
      logs.finish();
    }
  }

  private void year() throws SQLException {
    LocalDate first = MediaHistory.YEAR.atDay(1);
    int days = MediaHistory.YEAR.length();
    Weights share =
        Weights.of(
            days,
            day -> {
              LocalDate date = first.plusDays(day);
              return MONTH[date.getMonthValue() - 1] * WEEKDAY[date.getDayOfWeek().getValue() - 1];
            });
    for (int day = 0; day < days; day++) {
      long midnight = first.plusDays(day).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
      int plays = share.before(day + 1, count) - share.before(day, count);
      for (long started : starts(midnight, plays)) {
        session(started);
      }
    }
  }

  private long[] starts(long midnight, int plays) {
    long[] starts = new long[plays];
    for (int i = 0; i < plays; i++) {
      starts[i] = midnight + HOUR.pick(random) * 3_600L + random.nextInt(3_600);
    }
    Arrays.sort(starts);
    return starts;
  }

  private void session(long started) throws SQLException {
    int id = ++lastId;
    Playable item = shelf.item(random);
    double seen = random.nextInt(5) == 0 ? random.nextDouble() : 1.0;
    int paused = random.nextInt(4) == 0 ? random.nextInt(900) : 0;
    // A server that went down left sessions without an end, and so does the year's own end.
    boolean open = id > count - 3 || random.nextInt(700) == 0;
    int platform = PLATFORM.pick(random);
    boolean local = random.nextInt(3) > 0;
    sessions.add(
        id,
        random.nextInt(900) == 0 ? null : household.user(random),
        item.id(),
        started,
        open ? null : started + Math.round(item.seconds() * seen) + paused,
        paused,
        random.nextInt(60) == 0 ? null : PLATFORMS.get(platform),
        random.nextInt(5) == 0 ? null : "Player " + (1 + random.nextInt(40)),
        address(local),
        local ? 1 : 0,
        Math.round(seen * 1_000) / 10.0);
    if (random.nextInt(33) > 0) {
      detail(id, item.isAudio(), local);
    }
    if (random.nextInt(4) == 0) {
      log(id, started);
    }
  }

  private @Nullable String address(boolean local) {
    if (random.nextInt(25) == 0) {
      return null;
    }
    return local
        ? "192.168.1." + (2 + random.nextInt(60))
        : "2001:db8::" + Integer.toHexString(random.nextInt(0x10000));
  }

  private void detail(int session, boolean audio, boolean local) throws SQLException {
    int height = HEIGHTS[random.nextInt(HEIGHTS.length)];
    int decision = random.nextInt(local ? 8 : 3);
    details.add(
        session,
        audio ? "flac" : random.nextBoolean() ? "mkv" : "mp4",
        DECISIONS.get(decision > 2 ? 0 : decision),
        DECISIONS.get(random.nextInt(DECISIONS.size())),
        bitrate(audio, height),
        audio ? null : height * 16 / 9,
        audio ? null : height,
        audio ? null : FRAME_RATES[random.nextInt(FRAME_RATES.length)],
        random.nextInt(6) == 0 ? "日本語" : null);
  }

  /** Returns kilobits a second, or the text that two old versions of the server wrote instead. */
  private @Nullable Object bitrate(boolean audio, int height) {
    return switch (random.nextInt(1_000)) {
      case 0 -> "";
      case 1 -> "unknown";
      case 2, 3, 4 -> null;
      default -> audio ? 320 + random.nextInt(1_000) : height * 4 + random.nextInt(height * 8);
    };
  }

  private void log(int session, long started) throws SQLException {
    boolean failed = random.nextInt(50) == 0;
    logs.add(
        ++lastLog,
        random.nextInt(5) == 0 ? null : 1 + random.nextInt(3),
        session,
        started + random.nextInt(5),
        failed ? "ERROR" : "INFO",
        failed
            ? "Notifier: « délai dépassé » — retry\n\tat attempt 2"
            : "Session " + session + " began");
  }
}
