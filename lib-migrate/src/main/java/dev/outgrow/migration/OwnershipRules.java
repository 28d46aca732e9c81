package dev.outgrow.migration;

import dev.outgrow.migration.ownership.Violation;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.comparison.Difference;
import dev.outgrow.schema.comparison.Part;
import dev.outgrow.schema.comparison.SchemaComparison;
import dev.outgrow.schema.comparison.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what one chain's scripts have changed that is not the chain's. Views, functions and the
 * like may be added by any chain, and are then its own; a trigger, an index, a key or a policy
 * changes the table it is on. Rows are no part of it.
 */
final class OwnershipRules {
  private final Makers makers;

  OwnershipRules(Makers makers) {
    this.makers = makers;
  }

  /**
   * What a scratch database holds at one moment.
   *
   * @param identities what tells a table from one of the same name before it
   */
  record Look(Side schema, Map<String, String> identities) {
    static Look at(Scratch scratch) {
      return new Look(scratch.schema(), scratch.identities());
    }
  }

  /** Returns what is wrong with the step from one look to the next. */
  List<Violation> judge(Chain chain, String script, Look from, Look to) {
    return Stream.concat(
            changes(chain, script, from.schema(), to.schema()), anew(chain, script, from, to))
        .toList();
  }

  /** One that was dropped and made again has lost its rows, though it looks as before. */
  private Stream<Violation> anew(Chain chain, String script, Look from, Look to) {
    return from.identities().entrySet().stream()
        .filter(
            each -> {
              String owner = makers.ofTable(each.getKey());
              String now = to.identities().get(each.getKey());
              return owner != null
                  && !owner.equals(chain.name())
                  && now != null
                  && !now.equals(each.getValue());
            })
        .map(Map.Entry::getKey)
        .sorted()
        .map(
            table ->
                new Violation(
                    chain.name(),
                    script,
                    "table " + table,
                    Optional.ofNullable(makers.ofTable(table)),
                    "it is dropped and made anew"));
  }

  private Stream<Violation> changes(Chain chain, String script, Side from, Side to) {
    Schema before = from.schema();
    Schema now = to.schema();
    List<Difference> differences = SchemaComparison.of(from, to).differences();
    boolean renamed = differences.stream().anyMatch(each -> isOwnLoss(chain, each, before, now));
    return differences.stream()
        .filter(each -> !(renamed && each instanceof Difference.Changed))
        .filter(each -> isForeign(chain, each, before, now))
        .map(each -> violation(chain, script, each, before, now));
  }

  /**
   * A rename is one thing lost and another one gained, and changes the text of whatever refers to
   * it: that is no change of others.
   */
  private boolean isOwnLoss(Chain chain, Difference difference, Schema before, Schema now) {
    return difference instanceof Difference.Missing
        && chain.name().equals(makers.of(difference, before, now));
  }

  private boolean isForeign(Chain chain, Difference difference, Schema before, Schema now) {
    String owner = makers.of(difference, before, now);
    if (owner != null) {
      return !owner.equals(chain.name());
    }
    String table = makers.table(difference, before, now);
    boolean isNewTable =
        difference instanceof Difference.Unexpected
            && (difference.part() == Part.TABLE || difference.part() == Part.OTHER)
            && difference.name().equals(table);
    return isNewTable && !chain.ownedTables().isEmpty();
  }

  private Violation violation(
      Chain chain, String script, Difference difference, Schema before, Schema now) {
    String table = makers.table(difference, before, now);
    @Nullable String owner = makers.of(difference, before, now);
    return new Violation(
        chain.name(),
        script,
        table == null ? difference.part().title() + " " + difference.name() : "table " + table,
        Optional.ofNullable(owner),
        change(difference));
  }

  private static String change(Difference difference) {
    String object = difference.part().title() + " " + difference.name();
    if (difference instanceof Difference.Changed changed) {
      return "the "
          + changed.property().title()
          + " of "
          + object
          + " becomes "
          + line(changed.actual())
          + " from "
          + line(changed.expected());
    }
    return object + (difference instanceof Difference.Missing ? " is dropped" : " is added");
  }

  private static String line(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
