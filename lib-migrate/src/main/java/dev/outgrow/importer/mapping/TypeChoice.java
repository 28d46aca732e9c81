package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.ColumnProfile;
import java.util.Map;

/**
 * What a column becomes, and why.
 *
 * @param type the PostgreSQL type
 * @param why the line of the rule table that decided
 * @param asDeclared whether the declaration alone would have given the same
 */
record TypeChoice(TargetType type, String why, boolean asDeclared) {
  private static final ColumnProfile EMPTY = new ColumnProfile(Map.of(), Map.of());

  static TypeChoice of(String declared, ColumnProfile profile) {
    TypeRule rule = TypeRule.choose(new TypeRule.Facts(declared, profile));
    TypeRule alone = TypeRule.choose(new TypeRule.Facts(declared, EMPTY));
    return new TypeChoice(
        rule.type(), rule.name(), declared.isEmpty() || rule.type() == alone.type());
  }
}
