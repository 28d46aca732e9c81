package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.Trait;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL type that a column can become.
 *
 * <p><em>Immutable.</em>
 *
 * @param base which type
 * @param length the most characters of a {@code varchar}, the most digits of a {@code numeric}; 0
 *     where there is no limit
 * @param scale the most decimals of a {@code numeric} that has a limit
 * @since 0.1
 */
public record TargetType(Base base, int length, int scale) {
  private static final Pattern LIMITED = Pattern.compile("([a-z ]+)\\((\\d+)(?:,(\\d+))?\\)");

  /** See {@link Base#BIGINT}. */
  public static final TargetType BIGINT = new TargetType(Base.BIGINT, 0, 0);

  /** See {@link Base#DOUBLE_PRECISION}. */
  public static final TargetType DOUBLE_PRECISION = new TargetType(Base.DOUBLE_PRECISION, 0, 0);

  /** See {@link Base#NUMERIC}. */
  public static final TargetType NUMERIC = new TargetType(Base.NUMERIC, 0, 0);

  /** See {@link Base#TEXT}. */
  public static final TargetType TEXT = new TargetType(Base.TEXT, 0, 0);

  /** See {@link Base#BYTEA}. */
  public static final TargetType BYTEA = new TargetType(Base.BYTEA, 0, 0);

  /** See {@link Base#BOOLEAN}. */
  public static final TargetType BOOLEAN = new TargetType(Base.BOOLEAN, 0, 0);

  /** See {@link Base#DATE}. */
  public static final TargetType DATE = new TargetType(Base.DATE, 0, 0);

  /** See {@link Base#TIME}. */
  public static final TargetType TIME = new TargetType(Base.TIME, 0, 0);

  /** See {@link Base#TIMESTAMP}. */
  public static final TargetType TIMESTAMP = new TargetType(Base.TIMESTAMP, 0, 0);

  /** See {@link Base#TIMESTAMPTZ}. */
  public static final TargetType TIMESTAMPTZ = new TargetType(Base.TIMESTAMPTZ, 0, 0);

  /** See {@link Base#UUID}. */
  public static final TargetType UUID = new TargetType(Base.UUID, 0, 0);

  /** See {@link Base#JSON}. */
  public static final TargetType JSON = new TargetType(Base.JSON, 0, 0);

  /** See {@link Base#SMALLINT}. */
  public static final TargetType SMALLINT = new TargetType(Base.SMALLINT, 0, 0);

  /** See {@link Base#INTEGER}. */
  public static final TargetType INTEGER = new TargetType(Base.INTEGER, 0, 0);

  /** See {@link Base#REAL}. */
  public static final TargetType REAL = new TargetType(Base.REAL, 0, 0);

  /** See {@link Base#JSONB}. */
  public static final TargetType JSONB = new TargetType(Base.JSONB, 0, 0);

  /** The types, without their limits. */
  @SuppressWarnings("ImmutableEnumChecker") // the array is never handed out, never written to
  public enum Base {
    /** Every integer SQLite can store. */
    BIGINT("bigint", null, StorageClass.INTEGER),
    /** Every real number SQLite can store, bit for bit. */
    DOUBLE_PRECISION("double precision", null, StorageClass.REAL),
    /** Integers exactly, and each real number as the shortest decimal that reads back as it. */
    NUMERIC("numeric", null, StorageClass.INTEGER, StorageClass.REAL),
    /** Text of limited length, otherwise as {@link #TEXT}. */
    VARCHAR("character varying", null, StorageClass.INTEGER, StorageClass.REAL, StorageClass.TEXT),
    /** Text; integers and real numbers as SQLite would print them. */
    TEXT("text", null, StorageClass.INTEGER, StorageClass.REAL, StorageClass.TEXT),
    /** Bytes; text as its UTF-8 bytes, numbers as the bytes of their text. */
    BYTEA(
        "bytea",
        null,
        StorageClass.INTEGER,
        StorageClass.REAL,
        StorageClass.TEXT,
        StorageClass.BLOB),
    /** 0 and 1, and texts that mean the same. */
    BOOLEAN("boolean", Trait.BOOLEAN, StorageClass.INTEGER, StorageClass.TEXT),
    /** Text that is a day. */
    DATE("date", Trait.DATE, StorageClass.TEXT),
    /** Text that is a time of day. */
    TIME("time without time zone", Trait.TIME, StorageClass.TEXT),
    /** Text that is a day and a time, or a day alone for its midnight, without a zone. */
    TIMESTAMP("timestamp without time zone", Trait.TIMESTAMP, StorageClass.TEXT),
    /** Text that is a day, a time and a zone; the moment is kept, and not the zone. */
    TIMESTAMPTZ("timestamp with time zone", Trait.TIMESTAMPTZ, StorageClass.TEXT),
    /** A UUID as text. 16 bytes stay bytes: nothing in them says in which order they are. */
    UUID("uuid", Trait.UUID, StorageClass.TEXT),
    /** JSON, its text kept as it is, which {@code jsonb} would not do; it cannot be compared. */
    JSON("json", Trait.JSON, StorageClass.INTEGER, StorageClass.REAL, StorageClass.TEXT),
    /** Integers of two bytes; only where somebody asks for it. */
    SMALLINT("smallint", null),
    /** Integers of four bytes; only where somebody asks for it. */
    INTEGER("integer", null),
    /** Real numbers of four bytes; only where somebody asks for it. */
    REAL("real", null),
    /** JSON taken apart: blanks, order of names and notation are lost. Only where asked for. */
    JSONB("jsonb", null);

    private final String sql;
    private final @Nullable Trait trait;
    private final StorageClass[] holds;

    Base(String sql, @Nullable Trait trait, StorageClass... holds) {
      this.sql = sql;
      this.trait = trait;
      this.holds = holds;
    }
  }

  /** Returns text of at most this many characters. */
  public static TargetType varchar(int characters) {
    return new TargetType(Base.VARCHAR, characters, 0);
  }

  /** Returns numbers of at most this many digits, so many of them behind the point. */
  public static TargetType numeric(int digits, int decimals) {
    return new TargetType(Base.NUMERIC, digits, decimals);
  }

  /** Returns the type that {@link #sql} writes so, or nothing. */
  public static Optional<TargetType> ofSql(String sql) {
    Matcher limited = LIMITED.matcher(sql);
    String name = limited.matches() ? limited.group(1) : sql;
    int length = limited.matches() ? Integer.parseInt(limited.group(2)) : 0;
    boolean scaled = limited.matches() && limited.group(3) != null;
    int scale = scaled ? Integer.parseInt(limited.group(3)) : 0;
    return Arrays.stream(Base.values())
        .filter(b -> b.sql.equals(name))
        .findFirst()
        .map(b -> new TargetType(b, length, scale));
  }

  /** Returns the type's name as PostgreSQL's {@code format_type} prints it. */
  public String sql() {
    if (length == 0) {
      return base.sql;
    }
    return base.sql + "(" + length + (base == Base.NUMERIC ? "," + scale : "") + ")";
  }

  /** Returns whether the type holds every cell of a column. */
  public boolean fits(ColumnProfile profile) {
    Trait trait = trait();
    return profile.holdsOnly(base.holds)
        && (trait == null || profile.has(trait))
        && (!isText() || profile.misfits(Trait.VALID_TEXT).count() == 0);
  }

  /** Returns what a cell must be for this type, beyond its storage class; null for nothing. */
  @Nullable Trait trait() {
    if (length == 0) {
      return base.trait;
    }
    return base == Base.NUMERIC ? Trait.decimal(length, scale) : Trait.characters(length);
  }

  /** Returns whether equal values are equal in a column of the other type, too. */
  boolean comparesWith(TargetType other) {
    return base == other.base || (isText() && other.isText()) || (isInteger() && other.isInteger());
  }

  /** Returns whether a key or an index can be on such a column. */
  boolean hasOrder() {
    return base != Base.JSON;
  }

  /**
   * Returns whether different cells of a column are different values of this type, so that a unique
   * key stays one: two spellings of one moment are not.
   */
  boolean keepsApart(ColumnProfile profile) {
    return switch (base) {
      case BOOLEAN -> !profile.holds(StorageClass.TEXT);
      case TIMESTAMP, TIMESTAMPTZ -> profile.has(Trait.ONE_SPELLING);
      default -> true;
    };
  }

  /** Returns whether PostgreSQL can number new rows by itself in such a column. */
  boolean isInteger() {
    return base == Base.BIGINT || base == Base.INTEGER || base == Base.SMALLINT;
  }

  private boolean isText() {
    return base == Base.TEXT || base == Base.VARCHAR;
  }
}
