package dev.outgrow.importer.source;

/**
 * Something that all cells of a column may have in common, beyond their storage class.
 *
 * <p><em>Immutable.</em>
 *
 * @param kind what it is
 * @param most for {@link Kind#CHARACTERS} the most characters, for {@link Kind#DECIMAL} the most
 *     digits; otherwise 0
 * @param decimals for {@link Kind#DECIMAL} the most digits behind the point; otherwise 0
 * @since 0.1
 */
public record Trait(Kind kind, int most, int decimals) {
  /** Text is valid UTF-8 without NUL. */
  public static final Trait VALID_TEXT = new Trait(Kind.VALID_TEXT, 0, 0);

  /** 0 or 1, or a text that means yes or no. */
  public static final Trait BOOLEAN = new Trait(Kind.BOOLEAN, 0, 0);

  /** Text that is a day. */
  public static final Trait DATE = new Trait(Kind.DATE, 0, 0);

  /** Text that is a time of day, in the spelling in which PostgreSQL writes it. */
  public static final Trait TIME = new Trait(Kind.TIME, 0, 0);

  /** Text that is a day, or a day and a time, without a zone. */
  public static final Trait TIMESTAMP = new Trait(Kind.TIMESTAMP, 0, 0);

  /** Text that is a day, a time and a zone. */
  public static final Trait TIMESTAMPTZ = new Trait(Kind.TIMESTAMPTZ, 0, 0);

  /** Days and times are all spelled alike, so that different texts are different moments. */
  public static final Trait ONE_SPELLING = new Trait(Kind.ONE_SPELLING, 0, 0);

  /** Text that is a UUID, all in small letters or all in capitals. */
  public static final Trait UUID = new Trait(Kind.UUID, 0, 0);

  /** Text that is JSON, or a finite number. */
  public static final Trait JSON = new Trait(Kind.JSON, 0, 0);

  /**
   * Not a trait, but that a text without any character is to be counted as null and nothing else.
   */
  public static final Trait EMPTY_IS_NULL = new Trait(Kind.EMPTY_IS_NULL, 0, 0);

  /** Any value. */
  public static final Trait ANYTHING = new Trait(Kind.ANYTHING, 0, 0);

  /** A number that a double stands for exactly. */
  public static final Trait DOUBLE = new Trait(Kind.DOUBLE, 0, 0);

  /** A number that {@code real} holds exactly, or prints as the same digits. */
  public static final Trait FLOAT = new Trait(Kind.FLOAT, 0, 0);

  /** Text that is a day, perhaps with its midnight. */
  public static final Trait DAY = new Trait(Kind.DAY, 0, 0);

  /** Text that is a time of day. */
  public static final Trait CLOCK = new Trait(Kind.CLOCK, 0, 0);

  /** Text that is a day, or a day and a time, without a zone or in UTC. */
  public static final Trait LOCAL = new Trait(Kind.LOCAL, 0, 0);

  /** Text that is a day, or a day and a time, with a zone or without. */
  public static final Trait INSTANT = new Trait(Kind.INSTANT, 0, 0);

  /** Text that is a UUID in capitals or not, or 16 bytes. */
  public static final Trait ANY_UUID = new Trait(Kind.ANY_UUID, 0, 0);

  /** What a trait is, and how a value that has it is called. */
  public enum Kind {
    /** See {@link Trait#VALID_TEXT}. */
    VALID_TEXT("valid text"),
    /** See {@link Trait#BOOLEAN}. */
    BOOLEAN("boolean"),
    /** See {@link Trait#DATE}. */
    DATE("a date"),
    /** See {@link Trait#TIME}. */
    TIME("a time HH:MM:SS"),
    /** See {@link Trait#TIMESTAMP}. */
    TIMESTAMP("a date and time without a zone"),
    /** See {@link Trait#TIMESTAMPTZ}. */
    TIMESTAMPTZ("a date and time with a zone"),
    /** See {@link Trait#ONE_SPELLING}. */
    ONE_SPELLING("spelled like the first"),
    /** See {@link Trait#UUID}. */
    UUID("a UUID in one spelling"),
    /** See {@link Trait#JSON}. */
    JSON("JSON"),
    /** See {@link Trait#EMPTY_IS_NULL}. */
    EMPTY_IS_NULL("null where empty"),
    /** See {@link Trait#characters}. */
    CHARACTERS("short enough"),
    /** See {@link Trait#decimal}. */
    DECIMAL("a number of that size"),
    /** See {@link Trait#whole}. */
    WHOLE("a whole number in its range"),
    /** See {@link Trait#ANYTHING}. */
    ANYTHING("a value"),
    /** See {@link Trait#DOUBLE}. */
    DOUBLE("a number that a double keeps"),
    /** See {@link Trait#FLOAT}. */
    FLOAT("a number that real keeps"),
    /** See {@link Trait#number}. */
    NUMBER("a number of its size"),
    /** See {@link Trait#words}. */
    WORDS("text that is valid and short enough"),
    /** See {@link Trait#DAY}. */
    DAY("a day as ISO text"),
    /** See {@link Trait#CLOCK}. */
    CLOCK("a time of day as ISO text"),
    /** See {@link Trait#LOCAL}. */
    LOCAL("a date and time as ISO text, without a zone or in UTC"),
    /** See {@link Trait#INSTANT}. */
    INSTANT("a date and time as ISO text"),
    /** See {@link Trait#ANY_UUID}. */
    ANY_UUID("a UUID");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** Text, or a number written as text, of at most this many characters. */
  public static Trait characters(int most) {
    return new Trait(Kind.CHARACTERS, most, 0);
  }

  /** A number of at most this many digits, so many of them behind the point. */
  public static Trait decimal(int digits, int decimals) {
    return new Trait(Kind.DECIMAL, digits, decimals);
  }

  /**
   * A number, of any storage class, that a signed integer of so many bits holds.
   *
   * @param bits 16, 32 or 64
   */
  public static Trait whole(int bits) {
    return new Trait(Kind.WHOLE, bits, 0);
  }

  /**
   * A number, of any storage class, of at most this many digits, so many of them behind the point.
   *
   * @param digits the most digits; 0 for any number
   */
  public static Trait number(int digits, int decimals) {
    return new Trait(Kind.NUMBER, digits, decimals);
  }

  /**
   * Valid text, or a number written as text.
   *
   * @param most the most characters; 0 for any number of them
   */
  public static Trait words(int most) {
    return new Trait(Kind.WORDS, most, 0);
  }

  /** Returns what a value that has it is, as it goes on after "is". */
  public String words() {
    return kind.words;
  }

  /** Returns a new test for one column. */
  public CellTest test() {
    return switch (kind) {
      case VALID_TEXT -> CellTests::isValidText;
      case BOOLEAN -> CellTests::isBoolean;
      case DATE -> CellTests::isDate;
      case TIME -> CellTests::isTime;
      case TIMESTAMP -> CellTests::isTimestamp;
      case TIMESTAMPTZ -> CellTests::isTimestamptz;
      case ONE_SPELLING -> new CellTests.OneSpelling();
      case UUID -> new CellTests.OneUuidSpelling();
      case JSON -> CellTests::isJson;
      case EMPTY_IS_NULL -> (row, column) -> true;
      case CHARACTERS -> (row, column) -> CellTests.characters(row, column) <= most;
      case DECIMAL -> (row, column) -> CellTests.isDecimal(row, column, most, decimals);
      case WHOLE -> (row, column) -> FitTests.isWhole(row, column, most);
      case ANYTHING -> (row, column) -> true;
      case DOUBLE -> FitTests::isDouble;
      case FLOAT -> FitTests::isFloat;
      case NUMBER -> (row, column) -> FitTests.isNumber(row, column, most, decimals);
      case WORDS -> (row, column) -> FitTests.isWords(row, column, most);
      case DAY -> FitTests::isDay;
      case CLOCK -> FitTests::isClock;
      case LOCAL -> FitTests::isLocal;
      case INSTANT -> FitTests::isInstant;
      case ANY_UUID -> FitTests::isUuid;
    };
  }
}
