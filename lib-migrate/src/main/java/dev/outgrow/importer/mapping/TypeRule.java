package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.schema.Identifier;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One line of the table that says what a column becomes. The first line whose condition holds
 * decides; the last one always holds.
 *
 * @param name what the line says, for people
 * @param condition when it applies
 * @param type what the column becomes
 */
record TypeRule(String name, Predicate<Facts> condition, TargetType type) {

  /**
   * What is known of a column: its declared type, the affinity SQLite gives it, and what it really
   * holds.
   */
  record Facts(String declared, Affinity affinity, ColumnProfile profile) {
    Facts(String declared, ColumnProfile profile) {
      this(declared, Affinity.of(declared), profile);
    }

    boolean isUndeclared() {
      return declared.isEmpty();
    }

    boolean isDeclaredAsBytes() {
      return affinity == Affinity.BLOB && !isUndeclared();
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

  /** What the declaration asks for; a line counts only where the column's values fit the type. */
  private static final List<TypeRule> DECLARED =
      List.of(
          rule("integer affinity", f -> f.affinity() == Affinity.INTEGER, TargetType.BIGINT),
          rule("text affinity", f -> f.affinity() == Affinity.TEXT, TargetType.TEXT),
          rule("real affinity", f -> f.affinity() == Affinity.REAL, TargetType.DOUBLE_PRECISION),
          rule(
              "declared as bytes",
              f -> f.isDeclaredAsBytes() && !f.hasOnlyNumbers(),
              TargetType.BYTEA),
          rule("declared as decimal", Facts::isDeclaredAsDecimal, TargetType.NUMERIC),
          rule(
              "numeric affinity",
              f -> f.affinity() == Affinity.NUMERIC && !f.hasOnlyIntegers(),
              TargetType.NUMERIC),
          rule("no declared type, empty", f -> f.isUndeclared() && f.isEmpty(), TargetType.TEXT));

  /**
   * What the values ask for, narrowest first, where the declaration says nothing or does not hold.
   */
  private static final List<TypeRule> HELD =
      List.of(
          rule("holds only integers", Facts::hasOnlyIntegers, TargetType.BIGINT),
          rule(
              "holds only real numbers",
              f -> f.profile().holdsOnly(StorageClass.REAL),
              TargetType.DOUBLE_PRECISION),
          rule("holds only numbers", Facts::hasOnlyNumbers, TargetType.NUMERIC),
          rule("holds text", f -> TargetType.TEXT.fits(f.profile()), TargetType.TEXT),
          rule("holds bytes", f -> true, TargetType.BYTEA));

  /** Returns the first line that holds, and whose type has room for every value. */
  static TypeRule choose(Facts facts) {
    return Stream.concat(DECLARED.stream(), HELD.stream())
        .filter(r -> r.condition().test(facts) && r.type().fits(facts.profile()))
        .findFirst()
        .orElseThrow();
  }

  private static TypeRule rule(String name, Predicate<Facts> condition, TargetType type) {
    return new TypeRule(name, condition, type);
  }
}
