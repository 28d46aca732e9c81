package dev.outgrow.examples.media;

import dev.outgrow.examples.media.MediaStatistics.Month;
import dev.outgrow.examples.media.MediaStatistics.Platform;
import dev.outgrow.examples.media.MediaStatistics.PlayedItem;
import dev.outgrow.examples.media.MediaStatistics.UserHours;
import dev.outgrow.examples.media.MediaStatistics.WeekHour;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The five statistics once more, by hand over the rows of the SQLite file. */
final class Oracle {
  private static final int MOST = 8;

  private record Row(Map<String, Object> cells) {
    @Nullable Object get(String column) {
      return cells.get(column);
    }

    long number(String column) {
      return ((Number) Objects.requireNonNull(get(column))).longValue();
    }

    boolean has(String column) {
      return get(column) != null;
    }

    ZonedDateTime started() {
      return Instant.ofEpochSecond(number("started")).atZone(ZoneOffset.UTC);
    }

    Duration watched() {
      return has("stopped")
          ? Duration.ofSeconds(number("stopped") - number("started") - number("paused_seconds"))
          : Duration.ZERO;
    }
  }

  private final List<Row> sessions;
  private final Map<Long, Row> users;
  private final Map<Long, Row> items;
  private final Map<Long, Row> details;

  Oracle(Connection sqlite) throws SQLException {
    sessions = rows(sqlite, "sessions");
    users = byKey(rows(sqlite, "users"), "id");
    items = byKey(rows(sqlite, "items"), "id");
    details = byKey(rows(sqlite, "stream_details"), "session_id");
  }

  List<UserHours> topUsers() {
    return sessions.stream()
        .filter(session -> session.has("user_id") && session.has("stopped"))
        .filter(session -> users.containsKey(session.number("user_id")))
        .collect(
            Collectors.groupingBy(
                session -> session.number("user_id"), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(
            entry ->
                new UserHours(name(entry.getKey()), entry.getValue().size(), sum(entry.getValue())))
        .sorted(Comparator.comparing(UserHours::watched).reversed())
        .limit(MOST)
        .toList();
  }

  private String name(long user) {
    Row row = Objects.requireNonNull(users.get(user));
    Object friendly = row.get("friendly_name");
    return String.valueOf(friendly == null || friendly.equals("") ? row.get("username") : friendly);
  }

  List<PlayedItem> mostPlayed() {
    return sessions.stream()
        .filter(session -> items.containsKey(session.number("item_id")))
        .collect(
            Collectors.groupingBy(
                session -> session.number("item_id"), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> played(Objects.requireNonNull(items.get(entry.getKey())), entry.getValue()))
        .sorted(Comparator.comparing(PlayedItem::plays).reversed())
        .limit(MOST)
        .toList();
  }

  private PlayedItem played(Row item, List<Row> plays) {
    Row show = parent(parent(item));
    String title = String.valueOf(item.get("title"));
    return new PlayedItem(
        show == null ? title : show.get("title") + " · " + title,
        String.valueOf(item.get("media_type")),
        plays.size(),
        plays.stream()
            .map(play -> play.get("user_id"))
            .filter(Objects::nonNull)
            .distinct()
            .count());
  }

  private @Nullable Row parent(@Nullable Row item) {
    return item == null || !item.has("parent_id") ? null : items.get(item.number("parent_id"));
  }

  List<Month> months() {
    return sessions.stream()
        .collect(
            Collectors.groupingBy(
                session -> YearMonth.from(session.started()), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> new Month(entry.getKey(), entry.getValue().size(), sum(entry.getValue())))
        .toList();
  }

  List<WeekHour> busiestHours() {
    return sessions.stream()
        .map(Row::started)
        .collect(
            Collectors.groupingBy(
                time -> new WeekHour(time.getDayOfWeek(), time.getHour(), 0),
                Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> new WeekHour(entry.getKey().day(), entry.getKey().hour(), entry.getValue()))
        .sorted(
            Comparator.comparing(WeekHour::plays)
                .reversed()
                .thenComparing(WeekHour::day)
                .thenComparing(WeekHour::hour))
        .limit(MOST)
        .toList();
  }

  List<Platform> platforms() {
    return sessions.stream()
        .filter(session -> session.has("platform") && details.containsKey(session.number("id")))
        .collect(
            Collectors.groupingBy(
                session -> String.valueOf(session.get("platform")),
                TreeMap::new,
                Collectors.mapping(
                    session -> Objects.requireNonNull(details.get(session.number("id"))),
                    Collectors.toList())))
        .entrySet()
        .stream()
        .map(entry -> platform(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Platform::plays).reversed())
        .toList();
  }

  private static Platform platform(String name, List<Row> streams) {
    List<Long> rates =
        streams.stream()
            .filter(stream -> stream.get("bitrate") instanceof Number)
            .map(stream -> stream.number("bitrate"))
            .toList();
    BigDecimal sum = BigDecimal.valueOf(rates.stream().mapToLong(Long::longValue).sum());
    return new Platform(
        name,
        streams.size(),
        streams.stream().filter(s -> "transcode".equals(s.get("videoDecision"))).count(),
        rates.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(
                sum.divide(BigDecimal.valueOf(rates.size()), 0, RoundingMode.HALF_UP).longValue()));
  }

  private static Duration sum(List<Row> sessions) {
    return sessions.stream().map(Row::watched).reduce(Duration.ZERO, Duration::plus);
  }

  private static Map<Long, Row> byKey(List<Row> rows, String key) {
    return rows.stream().collect(Collectors.toMap(row -> row.number(key), row -> row));
  }

  private static List<Row> rows(Connection sqlite, String table) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (Statement statement = sqlite.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
      while (result.next()) {
        Map<String, Object> cells = new TreeMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object value = result.getObject(i);
          if (value != null) {
            cells.put(result.getMetaData().getColumnName(i), value);
          }
        }
        rows.add(new Row(cells));
      }
    }
    return rows;
  }
}
