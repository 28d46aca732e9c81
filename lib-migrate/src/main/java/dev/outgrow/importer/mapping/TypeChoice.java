package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.Misfits;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Trait;
import java.util.Map;

/**
 * What a column becomes, and why.
 *
 * @param type the PostgreSQL type
 * @param why the line of the rule table that decided, what is held, and what speaks against the
 *     type that the declaration alone would have given
 * @param asDeclared whether the declaration alone would have given the same
 * @param widened whether it had to give way to a column that refers to it
 * @param reading how its cells are to be understood
 * @param ruled whether a rule decided the type, of this column or of the one it refers to
 */
record TypeChoice(
    TargetType type,
    String why,
    boolean asDeclared,
    boolean widened,
    Reading reading,
    boolean ruled) {
  private static final ColumnProfile EMPTY = new ColumnProfile(Map.of(), Map.of());

  TypeChoice(TargetType type, String why, boolean asDeclared, boolean widened) {
    this(type, why, asDeclared, widened, Reading.STORED, false);
  }

  /** Returns what a rule says of a column; where it asks for no type, that is found as ever. */
  static TypeChoice ruled(Rules.Entry entry, TypeRule.Facts facts) {
    TargetType type = entry.rule().type();
    Reading reading = entry.rule().reading();
    String why = "rule " + entry.name() + " (" + entry.rule() + "): ";
    if (type != null) {
      return new TypeChoice(type, why + facts.profile().describe(), false, false, reading, true);
    }
    TypeChoice found = of(facts);
    return new TypeChoice(found.type(), why + found.why(), false, false, reading, false);
  }

  /** Returns what a column becomes that refers to one with a rule; an empty text is its own. */
  static TypeChoice followingRule(TypeChoice key, TypeChoice current, TypeRule.Facts facts) {
    Reading reading = key.reading().withEmptyIsNull(current.reading().emptyIsNull());
    String why = "refers to a column with a rule for it: " + facts.profile().describe();
    return new TypeChoice(key.type(), why, false, false, reading, true);
  }

  /** Returns whether equal cells stay equal values in a column of the other choice. */
  boolean readsAs(TypeChoice other) {
    return type.equals(other.type)
        && reading.withEmptyIsNull(false).equals(other.reading.withEmptyIsNull(false));
  }

  static TypeChoice of(TypeRule.Facts facts) {
    return of(facts, TypeRule.choose(facts));
  }

  /** Returns what a column becomes that has to be as wide as its affinity. */
  static TypeChoice widened(TypeRule.Facts facts) {
    TypeRule.Decision decision = TypeRule.chooseByAffinity(facts);
    return new TypeChoice(
        decision.type(),
        "a column that refers to it holds other values: " + facts.profile().describe(),
        false,
        true);
  }

  /** Returns what a column becomes that takes over the type of what it refers to. */
  static TypeChoice following(TypeChoice key, TypeRule.Facts facts) {
    return new TypeChoice(
        key.type(),
        "refers to a column of this type: " + facts.profile().describe(),
        false,
        key.widened());
  }

  private static TypeChoice of(TypeRule.Facts facts, TypeRule.Decision decision) {
    TargetType alone =
        TypeRule.choose(new TypeRule.Facts(facts.declared(), EMPTY, ColumnUse.NONE)).type();
    boolean asDeclared =
        !facts.makesOthersOf(decision.type())
            && (decision.type().equals(alone)
                || (facts.isUndeclared()
                    && facts.profile().misfits(Trait.VALID_TEXT).count() == 0));
    String why = decision.name() + ": " + facts.profile().describe() + objection(alone, facts);
    return new TypeChoice(decision.type(), why, asDeclared, false);
  }

  private static String objection(TargetType alone, TypeRule.Facts facts) {
    Trait trait = alone.trait();
    Misfits misfits = trait == null ? Misfits.NONE : facts.profile().misfits(trait);
    if (trait != null && misfits.count() > 0) {
      return "; "
          + misfits.count()
          + " not "
          + trait.words()
          + " (first at "
          + misfits.example()
          + ")";
    }
    if (alone.fits(facts.profile()) && facts.use().compared() && !alone.hasOrder()) {
      return "; " + alone.sql() + " cannot be in a key or an index";
    }
    return alone.fits(facts.profile()) && !facts.admit(alone)
        ? "; a key must tell spellings apart that are one value of " + alone.sql()
        : "";
  }
}
