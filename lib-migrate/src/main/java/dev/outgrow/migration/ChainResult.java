package dev.outgrow.migration;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.safety.Preflight;
import java.util.List;
import java.util.Optional;

/**
 * What a run has done with one chain.
 *
 * <p><em>Immutable.</em>
 *
 * @param outcome how it ended
 * @param before how the chain was
 * @param after how it is now
 * @param ran the scripts that ran and are kept, in order
 * @param preflight what was found in the scripts before they ran
 * @param failure why it was not migrated; empty if it was
 * @since 0.1
 */
public record ChainResult(
    Outcome outcome,
    ChainStatus before,
    ChainStatus after,
    List<String> ran,
    Preflight preflight,
    Optional<OutgrowException> failure) {
  /** Copies the list. */
  public ChainResult {
    ran = List.copyOf(ran);
  }

  /** Of a chain of which no script was looked at. */
  ChainResult(
      Outcome outcome,
      ChainStatus before,
      ChainStatus after,
      List<String> ran,
      Optional<OutgrowException> failure) {
    this(outcome, before, after, ran, Preflight.clean(), failure);
  }

  /** How it ended. */
  public enum Outcome {
    /** Something has run. */
    MIGRATED,
    /** Nothing was pending. */
    UNCHANGED,
    /** A migration failed; those before it are kept. */
    FAILED,
    /** It was not begun: its state, or a chain that it requires, does not let it. */
    REFUSED
  }

  static ChainResult unreadable(String chain, OutgrowException failure) {
    ChainStatus status =
        new ChainStatus(
            chain,
            ChainState.BLOCKED,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(failure.what()),
            Optional.of(failure.remedy()));
    return new ChainResult(Outcome.REFUSED, status, status, List.of(), Optional.of(failure));
  }

  /** Returns the chain's name. */
  public String chain() {
    return before.chain();
  }

  /** Returns it for people: {@code core 3 -> 12 (9 scripts)}. */
  public String text() {
    String to = after.version().orElse("0");
    return switch (outcome) {
      case MIGRATED ->
          chain() + " " + before.version().orElse("0") + " -> " + to + " (" + scripts() + ")";
      case UNCHANGED -> chain() + " " + to;
      case FAILED -> chain() + " failed at " + to;
      case REFUSED -> chain() + " refused at " + to;
    };
  }

  private String scripts() {
    return ran.size() == 1 ? "1 script" : ran.size() + " scripts";
  }
}
