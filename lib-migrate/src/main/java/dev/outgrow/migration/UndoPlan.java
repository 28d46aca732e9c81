package dev.outgrow.migration;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.script.ScriptFile;
import dev.outgrow.migration.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an undo would run, found out and refused before anything is touched. */
final class UndoPlan {
  private final ChainScripts scripts;
  private final List<UndoStep> steps = new ArrayList<>();
  private final List<HistoryRow> repeatable;
  private final List<String> missing = new ArrayList<>();

  private UndoPlan(ChainScripts scripts, AppliedState applied, UndoTo to) {
    this.scripts = scripts;
    to.chosen(scripts, applied).forEach(this::add);
    this.repeatable = steps.isEmpty() ? List.of() : List.copyOf(applied.repeatable().values());
  }

  /**
   * Plans it.
   *
   * @param others the other chains, and what of them has run
   * @throws MigrationException if something has no undo script, or another chain needs a version
   *     that would go
   * @throws ConfigurationException if the chain has no such version
   */
  static UndoPlan of(
      ChainScripts scripts, AppliedState applied, UndoTo to, Map<Chain, AppliedState> others) {
    UndoPlan plan = new UndoPlan(scripts, applied, to);
    plan.refuseMissing();
    if (!plan.steps.isEmpty()) {
      Version left = plan.left(applied);
      others.forEach((other, state) -> plan.refuseNeeded(other, state, left));
    }
    return plan;
  }

  /** Returns what runs, in order. */
  List<UndoStep> steps() {
    return steps;
  }

  /**
   * Returns the rows of the repeatable scripts, which are to run again at the next migration: what
   * they make may go with what is taken back.
   */
  List<HistoryRow> repeatable() {
    return repeatable;
  }

  List<ScriptFile> files() {
    return steps.stream().map(UndoStep::file).filter(Objects::nonNull).toList();
  }

  private void add(HistoryRow row) {
    Version version = Objects.requireNonNull(row.version());
    ScriptFile file = scripts.undo(version);
    JavaMigration code = scripts.code(version);
    boolean inJava = code != null && code.undo().isPresent();
    if (inJava && file != null) {
      throw new ConfigurationException(
          "script", file.place(), "a version whose migration in Java has no undo of its own");
    }
    if (file != null) {
      steps.add(UndoStep.of(row, file));
    } else if (code != null && inJava) {
      requireTransaction(code);
      steps.add(UndoStep.of(row, code));
    } else {
      missing.add(code == null ? expected(row) : "undo() of " + code.getClass().getName());
    }
  }

  private static String expected(HistoryRow row) {
    return row.script().startsWith("V")
        ? "U" + row.script().substring(1)
        : "U" + row.version() + "__" + row.description().replace(' ', '_') + ".sql";
  }

  private void requireTransaction(JavaMigration code) {
    if (!code.transactional()) {
      throw failure(
          "The undo of "
              + code.getClass().getName()
              + " cannot run within a transaction, and an undo is one from its first to its last.",
          "Undo less far, or take it back by hand; nothing was changed.");
    }
  }

  private void refuseMissing() {
    if (!missing.isEmpty()) {
      throw failure(
          "Chain "
              + scripts.chain().name()
              + " cannot be taken back that far, as these are missing: "
              + String.join(", ", missing)
              + ".",
          "Write them, or undo less far; nothing was changed.");
    }
  }

  private @Nullable Version left(AppliedState applied) {
    List<Version> gone = new ArrayList<>();
    steps.forEach(step -> gone.add(step.row().version()));
    Version left = applied.takenOverAt();
    for (Version version : applied.versioned().keySet()) {
      if (!gone.contains(version) && (left == null || version.compareTo(left) > 0)) {
        left = version;
      }
    }
    return left;
  }

  private void refuseNeeded(Chain other, AppliedState state, @Nullable Version left) {
    for (Requirement requirement : other.requirements()) {
      if (requirement.chain().equals(scripts.chain().name())
          && state.holdsAnything()
          && (left == null || left.compareTo(requirement.version()) < 0)) {
        throw failure(
            "Chain "
                + other.name()
                + " has run and requires version "
                + requirement.version()
                + " of chain "
                + requirement.chain()
                + ", which would be at "
                + (left == null ? "0" : left)
                + ".",
            "Undo or uninstall chain " + other.name() + " first; nothing was changed.");
      }
    }
  }

  private MigrationException failure(String what, String remedy) {
    return new MigrationException(
        new MigrationException.Place(scripts.chain().name(), null, 0),
        what,
        remedy,
        null,
        null,
        null);
  }
}
