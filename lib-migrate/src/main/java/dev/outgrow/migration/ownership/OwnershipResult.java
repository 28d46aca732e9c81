package dev.outgrow.migration.ownership;

import java.util.List;

/**
 * Whether all scripts of all chains keep to their own tables.
 *
 * <p><em>Immutable.</em>
 *
 * @param violations the scripts that do not, in the order in which they run
 * @param unmade the owned tables that no migration makes
 * @since 0.1
 */
public record OwnershipResult(List<Violation> violations, List<UnmadeTable> unmade) {
  /** Copies the lists. */
  public OwnershipResult {
    violations = List.copyOf(violations);
    unmade = List.copyOf(unmade);
  }

  /** Returns whether every script keeps to its chain's tables, and every owned table is made. */
  public boolean isKept() {
    return violations.isEmpty() && unmade.isEmpty();
  }

  /** Returns it for people: a line for each finding, or one that says there is none. */
  public String text() {
    if (isKept()) {
      return "every chain keeps to its own tables\n";
    }
    StringBuilder text = new StringBuilder();
    violations.forEach(each -> text.append(each.text()).append('\n'));
    unmade.forEach(each -> text.append(each.text()).append('\n'));
    return text.toString();
  }
}
