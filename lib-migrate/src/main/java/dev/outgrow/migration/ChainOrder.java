package dev.outgrow.migration;

import dev.outgrow.error.ConfigurationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Brings chains into the order in which they migrate, and refuses those that do not fit. */
final class ChainOrder {
  private final Map<String, Chain> chains = new LinkedHashMap<>();
  private final List<Chain> ordered = new ArrayList<>();
  private final Set<String> open = new HashSet<>();

  private ChainOrder(List<Chain> given) {
    given.forEach(chain -> chains.put(chain.name(), chain));
  }

  /** Returns the chains, each behind those it requires and otherwise as they were named. */
  static List<Chain> of(List<Chain> given) {
    refuseTwice(given);
    ChainOrder order = new ChainOrder(given);
    given.forEach(order::visit);
    return List.copyOf(order.ordered);
  }

  private void visit(Chain chain) {
    if (ordered.contains(chain)) {
      return;
    }
    if (!open.add(chain.name())) {
      throw new ConfigurationException(
          "chain", chain.name(), "chains that do not require each other in a circle");
    }
    for (Requirement requirement : chain.requirements()) {
      Chain required = chains.get(requirement.chain());
      if (required != null) { // one that is not there blocks this chain, and no other
        visit(required);
      }
    }
    open.remove(chain.name());
    ordered.add(chain);
  }

  private static void refuseTwice(List<Chain> given) {
    Map<String, String> seen = new HashMap<>();
    for (Chain chain : given) {
      once(seen, "chain", chain.name(), chain);
      // Upper and lower case are one name on SQLite.
      once(seen, "historyTable", chain.historyTable().toLowerCase(Locale.ROOT), chain);
      chain.locations().forEach(location -> once(seen, "location", location, chain));
      chain.ownedTables().forEach(table -> once(seen, "owned table", table, chain));
    }
  }

  private static void once(Map<String, String> seen, String what, String value, Chain chain) {
    String other = seen.putIfAbsent(what + " " + value, chain.name());
    if (other != null) {
      throw new ConfigurationException(
          what + " of chain " + chain.name(), value, "one that chain " + other + " has not");
    }
  }
}
