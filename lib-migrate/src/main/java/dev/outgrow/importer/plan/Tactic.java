package dev.outgrow.importer.plan;

import java.util.List;

/**
 * How an import goes about one thing, and why.
 *
 * <p><em>Immutable.</em>
 *
 * @param name what it is about, which is also the name of its option: {@code sort memory}
 * @param choice what is done
 * @param why what of the file, this machine or the options decided it
 * @param sql the statements that are beside those of the steps
 * @since 0.1
 */
public record Tactic(String name, String choice, String why, List<String> sql) {
  /** Copies the list. */
  public Tactic {
    sql = List.copyOf(sql);
  }

  Tactic(String name, String choice, String why) {
    this(name, choice, why, List.of());
  }
}
