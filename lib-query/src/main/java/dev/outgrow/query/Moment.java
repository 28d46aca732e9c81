package dev.outgrow.query;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.keyword;

import dev.outgrow.error.ConfigurationException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * A field that keeps moments, and how: what the time helpers work on.
 *
 * <pre>{@code
 * Moment started = Moment.ofEpochSeconds(SESSIONS.STARTED);
 * select(count()).from(SESSIONS).where(started.in(yesterday, today))
 * }</pre>
 *
 * <p>Ranges are half-open, and compare the column itself, so that its index is used. Times of day
 * and dates need a zone, by name; on PostgreSQL the server's table of zones decides, on SQLite the
 * JVM's. The JVM's own zone never matters. Null stays null. Whole microseconds count, of the years
 * 1 to 9999.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Moment {
  private static final Set<Class<?>> WHOLE = Set.of(Long.class, Integer.class, Short.class);

  private final Field<?> column;
  private final Storage storage;

  private Moment(Field<?> column, Storage storage) {
    this.column = column;
    this.storage = storage;
  }

  /**
   * A field of whole seconds since 1970 in UTC.
   *
   * @throws ConfigurationException if its type is not {@code Long}, {@code Integer} or {@code
   *     Short}
   */
  public static Moment ofEpochSeconds(Field<? extends Number> seconds) {
    return new Moment(whole(seconds), Storage.EPOCH_SECONDS);
  }

  /**
   * A field of whole milliseconds since 1970 in UTC.
   *
   * @throws ConfigurationException if its type is not {@code Long}, {@code Integer} or {@code
   *     Short}
   */
  public static Moment ofEpochMillis(Field<? extends Number> millis) {
    return new Moment(whole(millis), Storage.EPOCH_MILLIS);
  }

  /** A field of instants: {@code timestamptz} on PostgreSQL, the text jOOQ writes on SQLite. */
  public static Moment of(Field<Instant> instant) {
    return new Moment(instant, Storage.INSTANT);
  }

  /**
   * A field of date-times with their offset: {@code timestamptz} on PostgreSQL, the text jOOQ
   * writes on SQLite, where a range cannot use an index, since such texts do not sort.
   */
  public static Moment ofOffset(Field<OffsetDateTime> dateTime) {
    return new Moment(dateTime, Storage.OFFSET);
  }

  private static Field<?> whole(Field<? extends Number> field) {
    if (!WHOLE.contains(field.getType())) {
      throw new ConfigurationException(
          "The type of field " + field.getName(),
          field.getType().getSimpleName(),
          "Long, Integer and Short");
    }
    return field;
  }

  /** Returns the condition that it is at a moment or after it. */
  public Condition from(Instant first) {
    return condition("{0} >= {1}", storage.comparable(column), storage.literal(first));
  }

  /** Returns the condition that it is before a moment. */
  public Condition before(Instant end) {
    return condition("{0} < {1}", storage.comparable(column), storage.literal(end));
  }

  /** Returns the condition that it is at {@code from} or after it, and before {@code to}. */
  public Condition in(Instant from, Instant to) {
    return from(from).and(before(to));
  }

  /** Returns the microseconds since 1970 in UTC. */
  public Field<Long> epochMicros() {
    return storage.micros(column);
  }

  /** Returns it as an instant. */
  public Field<Instant> instant() {
    return PerBackend.field(
        SQLDataType.INSTANT,
        storage.timestamptz(column),
        storage == Storage.INSTANT ? column : sqliteInstant(epochMicros()));
  }

  /** Returns what calendars and clocks of a zone show then. */
  public Field<Integer> part(DatePart part, ZoneId zone) {
    Field<?> postgres =
        field(
            "cast(floor(extract({0} from {1})) as int)",
            keyword(part.postgres()), postgresLocal(zone));
    Field<Integer> sqlite =
        field(
            "cast(strftime({0}, {1}, 'unixepoch') as int)",
            Integer.class, inline(part.sqlite()), sqliteLocal(zone));
    return PerBackend.field(
        SQLDataType.INTEGER,
        postgres,
        part == DatePart.QUARTER ? field("(({0} + 2) / 3)", sqlite) : sqlite);
  }

  /** Returns the local date and time of a zone, as PostgreSQL's {@code timestamp}. */
  public Field<?> postgresLocal(ZoneId zone) {
    // In a zone's name PostgreSQL counts offsets westwards, in an interval eastwards as Java does.
    return zone.getRules().isFixedOffset()
        ? field(
            "({0} at time zone make_interval(secs => {1}))",
            storage.timestamptz(column),
            inline(zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds()))
        : field("({0} at time zone {1})", storage.timestamptz(column), inline(zone.getId()));
  }

  /** Returns the local date and time of a zone on SQLite, in seconds since 1970 there. */
  public Field<Long> sqliteLocal(ZoneId zone) {
    return field(LocalSeconds.NAME + "({0}, {1})", Long.class, epochMicros(), inline(zone.getId()));
  }

  /** Returns microseconds since 1970 as SQLite keeps an instant that jOOQ wrote. */
  public static Field<?> sqliteInstant(Field<Long> micros) {
    return field(
        "(strftime('%Y-%m-%d %H:%M:%S', {0}, 'unixepoch')"
            + " || rtrim(rtrim(printf('.%06d', {1}), '0'), '.') || '+00:00')",
        floorDivision(micros, 1_000_000), field("((({0} % 1000000) + 1000000) % 1000000)", micros));
  }

  /** Returns a whole number divided, rounded down, on both backends. */
  public static Field<Long> floorDivision(Field<Long> number, long by) {
    return field("(({0} - ((({0} % {1}) + {1}) % {1})) / {1})", Long.class, number, inline(by));
  }

  Storage storage() {
    return storage;
  }

  Field<?> comparable() {
    return storage.comparable(column);
  }
}
