package dev.outgrow.architecture;

import java.util.List;
import java.util.stream.Stream;

/** Every rule that is held on compiled classes, for a tree of packages under any root. */
final class HouseRules {
  private HouseRules() {}

  /** Returns the rules for the packages under a root. */
  static List<HouseRule> under(String root) {
    return Stream.of(DirectionRules.under(root), OutsiderRules.under(root), CodeRules.under(root))
        .flatMap(List::stream)
        .toList();
  }
}
