package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.Misfits;
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
 */
record TypeChoice(TargetType type, String why, boolean asDeclared, boolean widened) {
  private static final ColumnProfile EMPTY = new ColumnProfile(Map.of(), Map.of());

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
        decision.type().equals(alone)
            || (facts.isUndeclared() && facts.profile().misfits(Trait.VALID_TEXT).count() == 0);
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
