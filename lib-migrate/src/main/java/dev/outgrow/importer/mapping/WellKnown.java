package dev.outgrow.importer.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One line of the table of declared types whose name says more than their affinity does. The line
 * counts only where every value of the column is what the name says.
 *
 * @param name what the line says, for people
 * @param names the declared types it is for, without what stands in brackets
 * @param label the PostgreSQL type, for people
 * @param type the PostgreSQL type by the numbers in brackets, or nothing if they are no limit
 */
record WellKnown(
    String name,
    List<String> names,
    String label,
    Function<List<Integer>, Optional<TargetType>> type) {
  private static final int MOST_CHARACTERS = 10_485_760;
  private static final int MOST_DIGITS = 1_000;
  private static final List<String> ZONED =
      List.of("timestamptz", "timestamp with time zone", "datetimeoffset");
  private static final List<String> MOMENT =
      List.of("datetime", "timestamp", "datetime2", "smalldatetime", "timestamp without time zone");

  static final List<WellKnown> ROWS =
      List.of(
          row("0 and 1, or true and false", List.of("boolean", "bool"), TargetType.BOOLEAN),
          row("days", List.of("date"), TargetType.DATE),
          row("dates and times with a zone", ZONED, TargetType.TIMESTAMPTZ),
          row(
              "dates and times without a zone",
              joined(MOMENT, List.of("date"), ZONED),
              TargetType.TIMESTAMP),
          row(
              "dates and times with a zone",
              joined(MOMENT, List.of("date")),
              TargetType.TIMESTAMPTZ),
          row("times", List.of("time", "time without time zone"), TargetType.TIME),
          row("UUIDs", List.of("uuid", "guid", "uniqueidentifier"), TargetType.UUID),
          row("JSON", List.of("json", "jsonb"), TargetType.JSON),
          new WellKnown(
              "at most n characters",
              List.of(
                  "varchar",
                  "char",
                  "nvarchar",
                  "nchar",
                  "character",
                  "character varying",
                  "varying character",
                  "native character",
                  "varchar2",
                  "nvarchar2"),
              "varchar(n)",
              WellKnown::characters),
          new WellKnown(
              "p digits, s of them decimals",
              List.of("decimal", "numeric", "dec"),
              "numeric(p, s)",
              WellKnown::digits));

  /** Returns what a declared type asks for, in the order in which it is tried. */
  static List<TargetType> candidates(String declared) {
    DeclaredName parts = DeclaredName.of(declared);
    return ROWS.stream().flatMap(r -> r.of(parts).stream()).toList();
  }

  /** Returns the type this line has for a declared one, if it is for it. */
  Optional<TargetType> of(DeclaredName declared) {
    return names.contains(declared.words()) ? type.apply(declared.numbers()) : Optional.empty();
  }

  private static Optional<TargetType> characters(List<Integer> numbers) {
    return numbers.size() == 1 && numbers.get(0) >= 1 && numbers.get(0) <= MOST_CHARACTERS
        ? Optional.of(TargetType.varchar(numbers.get(0)))
        : Optional.empty();
  }

  private static Optional<TargetType> digits(List<Integer> numbers) {
    if (numbers.isEmpty() || numbers.size() > 2) {
      return Optional.empty();
    }
    int digits = numbers.get(0);
    int decimals = numbers.size() == 2 ? numbers.get(1) : 0;
    return digits >= 1 && digits <= MOST_DIGITS && decimals <= digits
        ? Optional.of(TargetType.numeric(digits, decimals))
        : Optional.empty();
  }

  private static WellKnown row(String name, List<String> names, TargetType type) {
    return new WellKnown(name, names, type.sql(), numbers -> Optional.of(type));
  }

  @SafeVarargs
  private static List<String> joined(List<String>... lists) {
    List<String> all = new ArrayList<>();
    for (List<String> list : lists) {
      all.addAll(list);
    }
    return List.copyOf(all);
  }
}
