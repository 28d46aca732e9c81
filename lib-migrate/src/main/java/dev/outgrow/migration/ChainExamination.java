package dev.outgrow.migration;

import dev.outgrow.migration.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares one chain's history with its scripts, as Flyway's validation does. */
final class ChainExamination {
  private final ChainScripts scripts;
  private final AppliedState applied;
  private final boolean outOfOrder;
  private final Findings findings;
  private final List<String> pending = new ArrayList<>();

  ChainExamination(
      ChainScripts scripts, AppliedState applied, boolean outOfOrder, Findings findings) {
    this.scripts = scripts;
    this.applied = applied;
    this.outOfOrder = outOfOrder;
    this.findings = findings;
  }

  /** Looks at everything and returns how it is. */
  ChainStatus examine(Commands commands) {
    failed();
    applied.versioned().forEach(this::ran);
    applied.repeatable().values().forEach(this::ranRepeatably);
    scripts.versioned().forEach(this::have);
    scripts.repeatable().values().forEach(this::haveRepeatable);
    if (!applied.hasBegun()) {
      findings.add(ChainState.EMPTY);
    }
    if (!pending.isEmpty()) {
      findings.add(ChainState.PENDING);
    }
    return status(commands);
  }

  private ChainStatus status(Commands commands) {
    String name = scripts.chain().name();
    ChainState state = findings.state();
    return new ChainStatus(
        name,
        state,
        Optional.ofNullable(applied.current()).map(Version::toString),
        Optional.ofNullable(scripts.last()).map(Version::toString),
        pending,
        findings.sentences(),
        state == ChainState.CURRENT
            ? Optional.empty()
            : Optional.of(commands.forState(name, state)));
  }

  private void failed() {
    for (HistoryRow row : applied.failed()) {
      findings.add(
          ChainState.FAILED,
          row.script()
              + " failed outside of a transaction, so a part of it may be there."
              + takeBack(row));
    }
    for (HistoryRow row : applied.unfinished()) {
      findings.add(
          ChainState.FAILED,
          row.script()
              + " was begun outside of a transaction, and the program ended before it was done: a"
              + " part or all of it may be there."
              + takeBack(row));
    }
  }

  private String takeBack(HistoryRow row) {
    return scripts.text(row.script()).map(ConcurrentIndexes::takeBack).orElse("");
  }

  private void ran(Version version, HistoryRow row) {
    Step step = scripts.versioned().get(version);
    if (step == null) {
      gone(version, row);
    } else if (!Objects.equals(step.checksum(), row.checksum())) {
      changed(row, "its text");
    } else if (!step.description().equals(row.description())) {
      changed(row, "its description, which was \"" + row.description() + "\",");
    } else if (!row.isOfType(step.type())) {
      changed(row, "its type, which was " + row.type() + ",");
    }
  }

  private void changed(HistoryRow row, String what) {
    findings.add(
        ChainState.CHANGED, row.script() + " has run, and " + what + " was changed since.");
  }

  private void gone(Version version, HistoryRow row) {
    Version last = scripts.last();
    if (last == null || version.compareTo(last) > 0) {
      findings.add(
          ChainState.AHEAD,
          row.script() + " has run, and the scripts end at " + (last == null ? "0" : last) + ".");
    } else {
      missing(row);
    }
  }

  private void missing(HistoryRow row) {
    findings.add(ChainState.MISSING, row.script() + " has run, and is not among the scripts.");
  }

  private void ranRepeatably(HistoryRow row) {
    if (!scripts.repeatable().containsKey(row.description())) {
      missing(row);
    }
  }

  private void have(Version version, Step step) {
    if (applied.versioned().containsKey(version) || applied.isBelowBaseline(version)) {
      return;
    }
    Version current = applied.current();
    if (current != null && version.compareTo(current) < 0 && !outOfOrder) {
      findings.add(
          ChainState.OUT_OF_ORDER,
          step.script() + " has not run, and the schema is at " + current + " already.");
    } else {
      pending.add(step.script());
    }
  }

  private void haveRepeatable(Step step) {
    HistoryRow row = applied.repeatable().get(step.description());
    @Nullable Integer ran = row == null ? null : row.checksum();
    if (row == null || !Objects.equals(ran, step.checksum())) {
      pending.add(step.script());
    }
  }
}
