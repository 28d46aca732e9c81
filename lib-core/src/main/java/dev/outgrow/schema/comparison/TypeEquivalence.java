package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.sqlite.Affinity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of the table that says which types of PostgreSQL mean what a declared type of SQLite asks
 * for. The first row that fits the declared type decides.
 *
 * <p>Equivalent is a type for the same kind of values. It need not have the same range: SQLite
 * keeps any integer of 64 bits in a column of any integer type, so that {@code integer} can be too
 * small for what a column holds. Where PostgreSQL's type has a length or a precision, SQLite's must
 * have the same; a type without one has room for all.
 *
 * <p><em>Immutable.</em>
 *
 * @param declared the words of the declared type, in lower case and without what is in brackets; or
 *     none where the affinity decides
 * @param affinity the affinity of the declared type where no words decide
 * @param postgres the equivalent types of PostgreSQL, the closest first
 * @since 0.1
 */
public record TypeEquivalence(
    List<String> declared, Optional<Affinity> affinity, List<String> postgres) {
  private static final Pattern BRACKETS = Pattern.compile("\\(([^)]*)\\)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private static final List<String> SCALED = List.of("decimal", "numeric", "dec");

  private static final List<TypeEquivalence> ROWS =
      List.of(
          words("boolean, bool", "boolean"),
          words("date", "date"),
          words(
              "timestamptz, timestamp with time zone, datetimeoffset", "timestamp with time zone"),
          words(
              "datetime, timestamp, datetime2, smalldatetime, timestamp without time zone",
              "timestamp without time zone, timestamp with time zone"),
          words("time, time without time zone", "time without time zone"),
          words("uuid, guid, uniqueidentifier", "uuid"),
          words("json", "json, jsonb"),
          words("jsonb", "jsonb, json"),
          words(
              "varchar, char, nvarchar, nchar, character, character varying, varying character,"
                  + " native character, varchar2, nvarchar2",
              "character varying, text, character"),
          words("decimal, numeric, dec", "numeric"),
          words("smallint, tinyint, int2", "smallint, integer, bigint"),
          words("bigint, int8, unsigned big int", "bigint"),
          words("binary, varbinary, bytea, image", "bytea"),
          of(Affinity.INTEGER, "bigint, integer"),
          of(Affinity.TEXT, "text, character varying"),
          of(Affinity.REAL, "double precision"),
          of(Affinity.BLOB, "bytea"),
          of(Affinity.NUMERIC, "numeric"));

  /** Copies the lists. */
  public TypeEquivalence {
    declared = List.copyOf(declared);
    postgres = List.copyOf(postgres);
  }

  private static TypeEquivalence words(String declared, String postgres) {
    return new TypeEquivalence(
        List.of(declared.split(", ")), Optional.empty(), List.of(postgres.split(", ")));
  }

  private static TypeEquivalence of(Affinity affinity, String postgres) {
    return new TypeEquivalence(List.of(), Optional.of(affinity), List.of(postgres.split(", ")));
  }

  /** Returns the table, in the order in which it is looked through. */
  public static List<TypeEquivalence> rows() {
    return ROWS;
  }

  /**
   * Returns whether a type of PostgreSQL means what a declared type asks for.
   *
   * @param declaredType the type as SQLite has it; an empty one is equivalent to none
   * @param postgresType the type as PostgreSQL writes it
   */
  public static boolean equivalent(String declaredType, String postgresType) {
    String base = base(declaredType);
    if (base.isEmpty()) {
      return false;
    }
    TypeEquivalence row = ROWS.stream().filter(r -> r.fits(base)).findFirst().orElseThrow();
    String numbers = numbers(postgresType);
    return row.postgres.contains(base(postgresType))
        && (numbers.isEmpty() || numbers.equals(scaled(base, numbers(declaredType))));
  }

  private boolean fits(String base) {
    return affinity.map(a -> a == Affinity.of(base)).orElseGet(() -> declared.contains(base));
  }

  private static String base(String type) {
    String words = BRACKETS.matcher(Identifier.folded(type)).replaceAll(" ");
    return BLANKS.matcher(words).replaceAll(" ").strip();
  }

  private static String numbers(String type) {
    Matcher matcher = BRACKETS.matcher(type);
    return matcher.find() ? BLANKS.matcher(matcher.group(1)).replaceAll("") : "";
  }

  /** PostgreSQL writes {@code numeric(5)} as {@code numeric(5,0)}. */
  private static String scaled(String base, String numbers) {
    boolean whole = SCALED.contains(base) && !numbers.isEmpty() && !numbers.contains(",");
    return whole ? numbers + ",0" : numbers;
  }

  /** Returns the declared types for people: {@code boolean, bool}, or the affinity. */
  public String declaredText() {
    return affinity
        .map(a -> a.name().toLowerCase(Locale.ROOT) + " affinity")
        .orElseGet(() -> String.join(", ", declared));
  }
}
