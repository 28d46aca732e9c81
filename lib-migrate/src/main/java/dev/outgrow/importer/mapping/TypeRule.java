package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.sqlite.Affinity;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One line of the table that says what a column becomes. The first line that has a type for it
 * decides, if the type has room for every value; the last one always has.
 *
 * @param name what the line says, for people
 * @param label the PostgreSQL type, for people
 * @param type what the column becomes, or nothing where the line is not for it
 */
record TypeRule(String name, String label, Function<Facts, Optional<TargetType>> type) {

  /**
   * What is known of a column: its declared type, the affinity SQLite gives it, what it really
   * holds, and what the table does with it.
   */
  record Facts(String declared, Affinity affinity, ColumnProfile profile, ColumnUse use) {
    Facts(String declared, ColumnProfile profile, ColumnUse use) {
      this(declared, Affinity.of(declared), profile, use);
    }

    /** Returns whether every value fits a type, and every key and index as well. */
    boolean admit(TargetType type) {
      return type.fits(profile)
          && (!use.compared() || type.hasOrder())
          && (!use.unique() || type.keepsApart(profile));
    }

    boolean isUndeclared() {
      return declared.isEmpty();
    }

    boolean isDeclaredAsBytes() {
      return affinity == Affinity.BLOB && !isUndeclared();
    }

    /** Whether the column lets values be what they are, and of some a type makes others. */
    boolean makesOthersOf(TargetType type) {
      return affinity == Affinity.BLOB
          && ((type.equals(TargetType.BYTEA) && !profile.holdsOnly(StorageClass.BLOB))
              || (type.equals(TargetType.TEXT) && !profile.holdsOnly(StorageClass.TEXT)));
    }

    boolean isDeclaredAsDecimal() {
      String type = Identifier.folded(declared);
      return affinity == Affinity.NUMERIC && (type.contains("dec") || type.contains("numeric"));
    }

    boolean isEmpty() {
      return profile.holdsOnly();
    }

    boolean hasOnlyIntegers() {
      return !isEmpty() && profile.holdsOnly(StorageClass.INTEGER);
    }

    boolean hasOnlyNumbers() {
      return !isEmpty() && profile.holdsOnly(StorageClass.INTEGER, StorageClass.REAL);
    }
  }

  /**
   * What a line decided.
   *
   * @param name what the line says
   * @param type what the column becomes
   */
  record Decision(String name, TargetType type) {}

  /** What the name of the declared type asks for. */
  private static final List<TypeRule> NAMED =
      WellKnown.ROWS.stream()
          .map(
              row ->
                  new TypeRule(
                      "holds only " + row.name(),
                      row.label(),
                      f -> row.of(DeclaredName.of(f.declared()))))
          .toList();

  /** What the declaration's affinity asks for. */
  static final List<TypeRule> DECLARED =
      List.of(
          rule("integer affinity", f -> f.affinity() == Affinity.INTEGER, TargetType.BIGINT),
          rule("text affinity", f -> f.affinity() == Affinity.TEXT, TargetType.TEXT),
          rule("real affinity", f -> f.affinity() == Affinity.REAL, TargetType.DOUBLE_PRECISION),
          rule(
              "declared as bytes, and not only numbers",
              f -> f.isDeclaredAsBytes() && !f.hasOnlyNumbers(),
              TargetType.BYTEA),
          rule("declared as decimal or numeric", Facts::isDeclaredAsDecimal, TargetType.NUMERIC),
          rule(
              "numeric affinity, and not only integers",
              f -> f.affinity() == Affinity.NUMERIC && !f.hasOnlyIntegers(),
              TargetType.NUMERIC),
          rule("no declared type, empty", f -> f.isUndeclared() && f.isEmpty(), TargetType.TEXT));

  /**
   * What the values ask for, narrowest first, where the declaration says nothing or does not hold.
   */
  static final List<TypeRule> HELD =
      List.of(
          rule("holds only integers", Facts::hasOnlyIntegers, TargetType.BIGINT),
          rule(
              "holds only real numbers",
              f -> f.profile().holdsOnly(StorageClass.REAL),
              TargetType.DOUBLE_PRECISION),
          rule("holds only numbers", Facts::hasOnlyNumbers, TargetType.NUMERIC),
          rule("holds text", f -> true, TargetType.TEXT),
          rule("holds bytes", f -> true, TargetType.BYTEA));

  /** Returns what the first line says whose type has room for every value. */
  static Decision choose(Facts facts) {
    return first(Stream.of(NAMED, DECLARED, HELD), facts);
  }

  /** The same without the names of types: what would be wide enough for other values as well. */
  static Decision chooseByAffinity(Facts facts) {
    return first(Stream.of(DECLARED, HELD), facts);
  }

  private static Decision first(Stream<List<TypeRule>> rules, Facts facts) {
    return rules
        .flatMap(List::stream)
        .flatMap(r -> r.type().apply(facts).map(t -> new Decision(r.name(), t)).stream())
        .filter(d -> facts.admit(d.type()))
        .findFirst()
        .orElseThrow();
  }

  private static TypeRule rule(String name, Predicate<Facts> condition, TargetType type) {
    return new TypeRule(
        name, type.sql(), f -> condition.test(f) ? Optional.of(type) : Optional.empty());
  }
}
