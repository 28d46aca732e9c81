package dev.outgrow.importer.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the cells of a column are to be understood, where they do not mean what they are stored as.
 *
 * <p>A null always stays null. A cell that the reading has no meaning for, or whose meaning the
 * column's type cannot hold exactly, does not fit; nothing is guessed.
 *
 * <p><em>Immutable.</em>
 *
 * @param form what a cell means
 * @param round whether what the type has no room for may be dropped: digits behind the last one it
 *     keeps, the time of a day, the day of a time
 * @param emptyIsNull whether a text without any character is null
 * @param badText what becomes of text with NUL or not valid in UTF-8
 * @param zone the time zone in which a day and a time without one are meant, such as {@code
 *     Europe/Berlin}; empty where none was named
 * @param overlap which moment a time means that a clock set back shows twice
 * @param yes the texts that mean yes, in small letters; empty for the usual ones
 * @param no the texts that mean no, in small letters; empty for the usual ones
 * @since 0.1
 */
public record Reading(
    Form form,
    boolean round,
    boolean emptyIsNull,
    BadText badText,
    String zone,
    Overlap overlap,
    List<String> yes,
    List<String> no) {
  /** A cell means what it is stored as. */
  public static final Reading STORED = of(Form.STORED);

  /** Copies the lists. */
  public Reading {
    yes = List.copyOf(yes);
    no = List.copyOf(no);
  }

  /** Returns a reading that is exact, with no more than its form. */
  public static Reading of(Form form) {
    return new Reading(
        form, false, false, BadText.REJECT, "", Overlap.REFUSE, List.of(), List.of());
  }

  /** Returns the same reading with or without an empty text being null. */
  public Reading withEmptyIsNull(boolean is) {
    return new Reading(form, round, is, badText, zone, overlap, yes, no);
  }

  /** Returns whether a cell means what it is stored as. */
  public boolean isStored() {
    return equals(STORED);
  }

  /**
   * Returns whether every number, text or blob that fits keeps its value, so that what is said of
   * the one in SQL is true of the other.
   */
  public boolean keepsValues() {
    return isPlain() && !round && !emptyIsNull && badText == BadText.REJECT;
  }

  /** Returns whether a cell means the number, text or truth that SQLite takes it for. */
  public boolean isPlain() {
    return yes.isEmpty()
        && switch (form) {
          case STORED, NUMBER, BOOLEAN, TEXT -> true;
          default -> false;
        };
  }

  /** What a cell means. */
  public enum Form {
    /** What it is stored as. */
    STORED("stored", "what it is stored as"),
    /** A number; as text, one in decimal notation. */
    NUMBER("number", "a number, also as text: `12`, `-1.50`, `1e3`"),
    /** Yes or no. */
    BOOLEAN("boolean", "yes or no: the texts listed, else 0 and 1, `true t yes y on`, `false f …`"),
    /** A day, a time or both as text. */
    ISO("iso", "a day, a time or both as text: `2024-02-29 10:00:00`, with or without a zone"),
    /** Seconds since 1970-01-01 00:00 in UTC. */
    EPOCH_SECONDS("epoch-seconds", "seconds since 1970-01-01 00:00 UTC"),
    /** Milliseconds since 1970-01-01 00:00 in UTC. */
    EPOCH_MILLIS("epoch-millis", "milliseconds since 1970-01-01 00:00 UTC"),
    /** Microseconds since 1970-01-01 00:00 in UTC. */
    EPOCH_MICROS("epoch-micros", "microseconds since 1970-01-01 00:00 UTC"),
    /** Nanoseconds since 1970-01-01 00:00 in UTC. */
    EPOCH_NANOS("epoch-nanos", "nanoseconds since 1970-01-01 00:00 UTC"),
    /** Seconds since 2001-01-01 00:00 in UTC, as Apple's Core Data counts. */
    APPLE_SECONDS("apple-seconds", "seconds since 2001-01-01 00:00 UTC, as Core Data counts"),
    /** Nanoseconds since 2001-01-01 00:00 in UTC, as iOS counts since its version 11. */
    APPLE_NANOS("apple-nanos", "nanoseconds since 2001-01-01 00:00 UTC, as newer iOS counts"),
    /** Microseconds since 1601-01-01 00:00 in UTC, as WebKit and Chrome count. */
    WEBKIT_MICROS("webkit-micros", "microseconds since 1601-01-01 00:00 UTC, as Chrome counts"),
    /** Days since noon of the 24th of November -4713 in UTC, as SQLite's own functions count. */
    JULIAN_DAY("julian-day", "days since -4713-11-24 12:00 UTC, as SQLite's `julianday()` counts"),
    /** A UUID, as text or as its 16 bytes in their order. */
    UUID("uuid", "a UUID, as text of 32 or 36 characters or as its 16 bytes in order"),
    /** A UUID whose 16 bytes have the first three groups turned round, as .NET stores them. */
    UUID_MIXED(
        "uuid-mixed", "the same, the bytes of its first three groups turned round as in .NET"),
    /** JSON. */
    JSON("json", "JSON"),
    /** A text; a number as SQLite prints it. */
    TEXT("text", "a text; a number as SQLite prints it");

    private final String word;
    private final String meaning;

    Form(String word, String meaning) {
      this.word = word;
      this.meaning = meaning;
    }

    /** Returns the word users write after {@code read =}. */
    public String word() {
      return word;
    }

    /** Returns what a cell is then, for people. */
    public String meaning() {
      return meaning;
    }

    /** Returns whether a cell is a number that counts from some moment on. */
    public boolean isCount() {
      return switch (this) {
        case EPOCH_SECONDS,
            EPOCH_MILLIS,
            EPOCH_MICROS,
            EPOCH_NANOS,
            APPLE_SECONDS,
            APPLE_NANOS,
            WEBKIT_MICROS,
            JULIAN_DAY ->
            true;
        default -> false;
      };
    }

    /** Returns the form of this word. */
    public static Optional<Form> ofWord(String word) {
      return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
    }
  }

  /** What becomes of text with NUL or not valid in UTF-8, which PostgreSQL's text cannot hold. */
  public enum BadText {
    /** It does not fit. */
    REJECT,
    /** Each NUL and each byte that is no part of a character becomes U+FFFD. */
    REPLACE,
    /** Each NUL and each byte that is no part of a character is dropped. */
    STRIP;

    /** Returns the word users write after {@code bad-text =}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which of two moments a time means that a clock set back shows twice. */
  public enum Overlap {
    /** Neither; it does not fit. */
    REFUSE,
    /** The first, before the clock is set back. */
    EARLIER,
    /** The second. */
    LATER;

    /** Returns the word users write after {@code overlap =}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
