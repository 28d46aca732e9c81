package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.error.MigrationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.safety.Offenders;
import dev.outgrow.migration.safety.PendingScript;
import dev.outgrow.migration.safety.Preflight;
import dev.outgrow.migration.safety.Review;
import dev.outgrow.migration.safety.Safety;
import dev.outgrow.migration.safety.SafetyFinding;
import dev.outgrow.migration.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at scripts before they run. */
final class Examining {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private final Database database;
  private final Safety safety;

  Examining(Database database, Safety safety) {
    this.database = database;
    this.safety = safety;
  }

  /** Looks at everything that is pending in these chains. */
  static Preflight of(ChainSet set) {
    List<ChainScripts> all = set.read();
    MigrationStatus status = set.check(all);
    ChainSet.refuse(status, chain -> !chain.state().canMigrate());
    List<PendingScript> pending = new ArrayList<>();
    for (ChainScripts scripts : all) {
      pending.addAll(scripts.beforehand(status.chain(scripts.chain().name()).pending()));
    }
    return Review.of(set.database(), set.settings().safety(), pending);
  }

  /** Looks at what one chain is about to run, and logs what it finds unless it refuses it. */
  Preflight before(ChainScripts scripts, ChainStatus status, @Nullable Version last) {
    if (!safety.looks()) {
      return Preflight.clean();
    }
    List<String> chosen = new ArrayList<>(status.pending());
    if (last != null) {
      chosen.retainAll(upTo(scripts, last));
    }
    Preflight found = Review.of(database, safety, scripts.beforehand(chosen));
    if (refusal(scripts.chain(), found, safety) == null) {
      log(found); // a refusal says it itself
    }
    return found;
  }

  private static void log(Preflight found) {
    found.findings().forEach(finding -> LOG.warn("{}", finding.text()));
    found.offenders().forEach(offenders -> LOG.warn("{}", offenders.text()));
    found.unanswered().forEach(sentence -> LOG.warn("Not looked at: {}", sentence));
  }

  private static List<String> upTo(ChainScripts scripts, Version last) {
    return scripts.versioned().headMap(last, true).entrySet().stream()
        .map(Map.Entry::getValue)
        .map(Step::script)
        .toList();
  }

  /** Returns why these scripts are not run, or null if they are. */
  static @Nullable OutgrowException refusal(Chain chain, Preflight found, Safety safety) {
    boolean strict =
        safety.refusesAll() && !(found.findings().isEmpty() && found.offenders().isEmpty());
    if (!strict && !found.isSureToFail()) {
      return null;
    }
    return new MigrationException(
        place(chain, found),
        "The scripts of chain "
            + chain.name()
            + (found.isSureToFail()
                ? " would fail on the database as it is"
                : " would lock out or break the running application")
            + ", so none of them was run:\n"
            + found.text(),
        found.isSureToFail()
            ? "Mend the rows, or change the script."
            : "Change the script to the safe way, or write \"-- outgrow: allow <rule> <reason>\""
                + " before the statement.",
        null,
        null,
        null);
  }

  private static MigrationException.Place place(Chain chain, Preflight found) {
    for (Offenders offenders : found.offenders()) {
      if (offenders.fails()) {
        return new MigrationException.Place(chain.name(), offenders.script(), offenders.line());
      }
    }
    for (SafetyFinding finding : found.findings()) {
      return new MigrationException.Place(chain.name(), finding.script(), finding.line());
    }
    return new MigrationException.Place(chain.name(), null, 0);
  }
}
