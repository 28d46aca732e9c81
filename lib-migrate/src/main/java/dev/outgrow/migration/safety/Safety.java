package dev.outgrow.migration.safety;

import dev.outgrow.error.ConfigurationException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * How strictly scripts are looked at before they run. {@link #warn} is the default: what locks or
 * breaks is logged and in the result, and what cannot succeed on the rows that are there is refused
 * before anything of the chain runs.
 *
 * <pre>{@code
 * migrations.safety(Safety.refuse().without(Rule.DROP_COLUMN).bigFrom(100_000))
 * }</pre>
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Safety {
  private static final long BIG_FROM = 10_000;
  private static final long MOST = 1_000_000_000;

  private final Mode mode;
  private final Set<Rule> rules;
  private final long bigFrom;

  private enum Mode {
    OFF,
    WARN,
    REFUSE
  }

  private Safety(Mode mode, Set<Rule> rules, long bigFrom) {
    this.mode = mode;
    this.rules = Set.copyOf(rules);
    this.bigFrom = bigFrom;
  }

  /** Warns of what locks or breaks; refuses only what cannot succeed. */
  public static Safety warn() {
    return new Safety(Mode.WARN, EnumSet.allOf(Rule.class), BIG_FROM);
  }

  /** Refuses whatever is found. */
  public static Safety refuse() {
    return new Safety(Mode.REFUSE, EnumSet.allOf(Rule.class), BIG_FROM);
  }

  /** Looks at nothing before scripts run; {@code preflight()} still does. */
  public static Safety off() {
    return new Safety(Mode.OFF, EnumSet.allOf(Rule.class), BIG_FROM);
  }

  /** Leaves these rules out. */
  public Safety without(Rule... without) {
    Set<Rule> left = EnumSet.allOf(Rule.class);
    left.retainAll(rules);
    left.removeAll(Arrays.asList(without));
    return new Safety(mode, left, bigFrom);
  }

  /**
   * Says from how many rows on a table is big: 1 to 1,000,000,000; 10,000 by default. PostgreSQL's
   * own estimate counts.
   *
   * @throws ConfigurationException if it is outside of that
   */
  public Safety bigFrom(long rows) {
    if (rows < 1 || rows > MOST) {
      throw new ConfigurationException("bigFrom", Long.toString(rows), "1 to 1000000000 rows");
    }
    return new Safety(mode, rules, rows);
  }

  /** Returns from how many rows on a table is big. */
  public long bigFrom() {
    return bigFrom;
  }

  /** Returns whether this rule is looked for. */
  public boolean has(Rule rule) {
    return rules.contains(rule);
  }

  /** Returns whether scripts are looked at before they run. */
  public boolean looks() {
    return mode != Mode.OFF;
  }

  /** Returns whether whatever is found is refused. */
  public boolean refusesAll() {
    return mode == Mode.REFUSE;
  }
}
