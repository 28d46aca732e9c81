package dev.outgrow.examples.statistics;

import dev.outgrow.query.series.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;

/** Makes the lines of a chart of the rows of a series. */
final class ChartRows {
  private static final String UNKNOWN = "unknown";
  private static final String OTHERS = "all others";

  private ChartRows() {}

  /** A line for each value of a dimension, by days. */
  static Lines split(Result<?> rows, Field<String> dimension, ZoneId zone) {
    Set<String> labels = new LinkedHashSet<>();
    Map<String, List<Long>> lines = new LinkedHashMap<>();
    for (Record row : rows) {
      labels.add(day(row, zone));
      boolean other = row.field(Series.OTHER) != null && row.get(Series.OTHER);
      // A platform may well be called "all others": the sign keeps the two apart.
      String key = other ? OTHERS + '\0' : key(row.get(dimension.getName(), String.class));
      lines.computeIfAbsent(key, name -> new ArrayList<>()).add(row.get("plays", Long.class));
    }
    List<Lines.Line> named = new ArrayList<>();
    lines.forEach((name, values) -> named.add(new Lines.Line(name.replace("\0", ""), values)));
    return new Lines(List.copyOf(labels), named);
  }

  private static String key(@Nullable String value) {
    return value == null ? UNKNOWN + '\0' : value;
  }

  static Lines days(Result<?> rows, String name, long unit, ZoneId zone) {
    List<String> labels = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    for (Record row : rows) {
      labels.add(day(row, zone));
      values.add(row.get(1, Long.class) / unit);
    }
    return new Lines(labels, List.of(new Lines.Line(name, values)));
  }

  static Lines months(Result<?> rows, String name, ZoneId zone) {
    List<String> labels = new ArrayList<>();
    List<Long> values = new ArrayList<>();
    for (Record row : rows) {
      labels.add(YearMonth.from(begin(row).atZone(zone)).toString());
      values.add(row.get(1, Long.class));
    }
    return new Lines(labels, List.of(new Lines.Line(name, values)));
  }

  private static String day(Record row, ZoneId zone) {
    return LocalDate.ofInstant(begin(row), zone).toString();
  }

  private static Instant begin(Record row) {
    return row.get(Series.BEGIN);
  }
}
