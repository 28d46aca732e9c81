package dev.outgrow.migration;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.ownership.UnmadeTable;
import dev.outgrow.migration.ownership.Violation;
import dev.outgrow.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs scripts in a scratch database and sees which of them change what is not their chain's. What
 * has done so is left out of what follows, as it will be for real.
 */
final class Rehearsal implements AutoCloseable {
  private final ChainSet set;
  private final List<Part> done = new ArrayList<>();
  private final Makers makers;
  private final OwnershipRules rules;
  private Scratch scratch;
  private OwnershipRules.Look now;

  /** Some of a chain's scripts. */
  private record Part(ChainScripts scripts, List<String> steps) {}

  Rehearsal(ChainSet set) {
    this.set = set;
    this.makers = new Makers(set.database().backend(), set.chains());
    this.rules = new OwnershipRules(makers);
    this.scratch = Scratch.open(set);
    try {
      this.now = OwnershipRules.Look.at(scratch);
    } catch (RuntimeException failure) {
      scratch.close();
      throw failure;
    }
  }

  /** Runs what has run already, without a judgement. */
  void replay(ChainScripts scripts, List<String> steps) {
    scratch.run(scripts, steps);
    keep(scripts, steps);
  }

  /**
   * Runs scripts of a chain and judges them: together, and one by one only if they are not in
   * order, to say which it is.
   *
   * @return what is wrong, and then nothing of it is left here
   * @throws OutgrowException if one fails, and then nothing of it is left here
   */
  List<Violation> judge(ChainScripts scripts, List<String> steps) {
    if (steps.isEmpty()) {
      return List.of();
    }
    try {
      scratch.run(scripts, steps);
      boolean kept =
          rules
              .judge(scripts.chain(), steps.get(0), now, OwnershipRules.Look.at(scratch))
              .isEmpty();
      if (kept) {
        keep(scripts, steps);
        return List.of();
      }
      anew();
      List<Violation> found = oneByOne(scripts, steps);
      anew();
      return found;
    } catch (OutgrowException failure) {
      anew();
      throw failure;
    }
  }

  private List<Violation> oneByOne(ChainScripts scripts, List<String> steps) {
    List<Violation> found = new ArrayList<>();
    OwnershipRules.Look before = now;
    for (String step : steps) {
      scratch.run(scripts, List.of(step));
      OwnershipRules.Look after = OwnershipRules.Look.at(scratch);
      found.addAll(rules.judge(scripts.chain(), step, before, after));
      before = after;
    }
    return found;
  }

  private void keep(ChainScripts scripts, List<String> steps) {
    if (!steps.isEmpty()) {
      done.add(new Part(scripts, steps));
      now = OwnershipRules.Look.at(scratch);
      makers.saw(scripts.chain().name(), now.schema().schema());
    }
  }

  private void anew() {
    scratch.close();
    scratch = Scratch.open(set);
    done.forEach(part -> scratch.run(part.scripts(), part.steps()));
    now = OwnershipRules.Look.at(scratch);
  }

  /** Returns the owned tables of these chains that are not there now. */
  List<UnmadeTable> unmade(List<Chain> chains) {
    Schema schema = now.schema().schema();
    List<UnmadeTable> unmade = new ArrayList<>();
    for (Chain chain : chains) {
      chain.ownedTables().stream()
          .filter(table -> !makers.has(schema, table))
          .sorted()
          .forEach(table -> unmade.add(new UnmadeTable(chain.name(), table)));
    }
    return unmade;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
