package dev.outgrow.importer;

import dev.outgrow.importer.journal.JournalEntry;
import dev.outgrow.importer.journal.JournalImport;
import dev.outgrow.importer.journal.JournalState;
import dev.outgrow.importer.journal.JournalTable;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.LeftOver;
import dev.outgrow.importer.reject.RejectFileException;
import dev.outgrow.importer.reject.RejectFiles;
import dev.outgrow.importer.sqlite.SourceFingerprint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What earlier runs have left: finds what this one can go on with, and takes the rest away.
 *
 * @param tables what is loaded already, by the table's name in the source
 */
record Earlier(Map<String, JournalTable> tables) {
  private static final String SETTLED = "settled ";
  private static final String ENCODED = "encoded";
  private static final String CREATE = "create";

  /** Begins an import that makes its tables. */
  static Earlier find(
      Path file,
      ImportOptions options,
      Planning planning,
      ImportTarget target,
      Survey survey,
      String fingerprint) {
    String plan = Identity.plan(survey.mapping(), options.schema());
    JournalImport now = begun(file, options, planning, CREATE, fingerprint);
    List<LeftOver> left = new ArrayList<>(target.staged().leftOvers());
    left.sort(Comparator.comparing(Earlier::began).reversed());
    Optional<JournalEntry> found =
        options.resume() ? goOn(now, plan, latest(left, target), options) : Optional.empty();
    found.ifPresent(entry -> left.removeIf(each -> each.id().equals(entry.id())));
    clean(left, options, target);
    if (found.isEmpty()) {
      target.staged().journalled(now, plan);
      return new Earlier(Map.of());
    }
    return taken(found.get(), options, planning, target);
  }

  /** Begins an import into tables that are there, which goes on with nothing. */
  static void clean(Path file, ImportOptions options, Planning planning, ImportTarget target) {
    clean(target.staged().leftOvers(), options, target);
    target
        .staged()
        .journalled(begun(file, options, planning, "existing", SourceFingerprint.of(file)), "");
  }

  /** A file of rejects is as good as its import; those in other folders nobody can find. */
  private static void clean(List<LeftOver> left, ImportOptions options, ImportTarget target) {
    target.staged().clean(left, each -> clearFiles(each, options)).forEach(options.course()::noted);
  }

  private static void clearFiles(LeftOver left, ImportOptions options) {
    try {
      RejectFiles.clear(options.rejectFolder(), left.rejects());
    } catch (RejectFileException e) {
      options.course().noted("What a killed import has left cannot be deleted. " + e.what());
    }
  }

  private static JournalImport begun(
      Path file, ImportOptions options, Planning planning, String mode, String fingerprint) {
    ImportNames names = planning.names();
    return new JournalImport(
        planning.id(),
        names.target(),
        names.staging(),
        names.before(),
        names.rejects(),
        mode,
        file.toAbsolutePath().toString(),
        fingerprint,
        Identity.options(options));
  }

  private static Instant began(LeftOver each) {
    return each.entry().map(JournalEntry::started).orElse(Instant.MIN);
  }

  /** Returns the latest import into this schema that has loaded a table. */
  private static Optional<JournalEntry> latest(List<LeftOver> left, ImportTarget target) {
    return left.stream()
        .filter(each -> each.there() && each.target().equals(target.schema()))
        .flatMap(each -> each.entry().stream())
        .filter(e -> e.begun().mode().equals(CREATE))
        .filter(e -> e.state() == JournalState.LOADING || e.state() == JournalState.STOPPED)
        .filter(e -> !target.staged().tables(e).isEmpty())
        .findFirst();
  }

  /** Returns it if this import can go on with it; says why not, where it cannot. */
  private static Optional<JournalEntry> goOn(
      JournalImport now, String plan, Optional<JournalEntry> latest, ImportOptions options) {
    if (latest.isEmpty()) {
      options
          .course()
          .noted("There is nothing to go on with: the import starts from the beginning.");
      return latest;
    }
    String changes = changes(latest.get(), now, plan);
    if (!changes.isEmpty()) {
      options
          .course()
          .noted(
              "The import of "
                  + latest.get().started()
                  + " cannot be gone on with, and this one starts from the beginning: "
                  + changes
                  + ".");
      return Optional.empty();
    }
    return latest;
  }

  private static String changes(JournalEntry earlier, JournalImport now, String plan) {
    List<String> changes = new ArrayList<>();
    List<String> file =
        SourceFingerprint.differences(earlier.begun().fingerprint(), now.fingerprint());
    if (!file.isEmpty()) {
      changes.add("the file has changed (" + String.join(", ", file) + ")");
    }
    List<String> options = SourceFingerprint.differences(earlier.begun().options(), now.options());
    if (!options.isEmpty()) {
      changes.add("the options have changed (" + String.join(", ", options) + ")");
    }
    if (changes.isEmpty() && !earlier.plan().equals(plan)) {
      changes.add("the plan has changed");
    }
    return String.join(", and ", changes);
  }

  private static Earlier taken(
      JournalEntry entry, ImportOptions options, Planning planning, ImportTarget target) {
    planning.goOn(entry.id());
    target.goOn(entry);
    RejectFiles.clear(options.rejectFolder(), planning.names().rejects());
    Map<String, JournalTable> tables = new LinkedHashMap<>();
    target.staged().tables(entry).forEach(t -> tables.put(t.source(), t));
    long rows = tables.values().stream().mapToLong(JournalTable::rows).sum();
    options
        .course()
        .noted(
            "Goes on with the import of %s: %d tables with %d rows are loaded already."
                .formatted(entry.started(), tables.size(), rows));
    return new Earlier(tables);
  }

  /** Has the survey know what the earlier run knew: all of the tables that it has loaded. */
  void inform(Survey survey, ImportTarget target) {
    if (hasEncoded(target) || isSettled(target)) {
      survey.makeSure();
    } else if (!tables.isEmpty()) {
      survey.makeSure(new HashSet<>(tables.keySet()));
    }
  }

  /** Returns whether rows that do not fit were met, so that each was encoded before. */
  static boolean hasEncoded(ImportTarget target) {
    return target.staged().remembered().contains(ENCODED);
  }

  static void encoded(ImportTarget target) {
    target.staged().remember(ENCODED);
  }

  /**
   * Returns whether another plan was settled on, and things were made by it behind the rows, which
   * should not be as long as the file is the same.
   */
  static boolean isSettledOtherwise(ImportTarget target, String plan) {
    return isSettled(target) && !target.staged().remembered().contains(SETTLED + plan);
  }

  static void settled(ImportTarget target, String plan) {
    target.staged().remember(SETTLED + plan);
  }

  /** Returns whether things were made behind the rows. */
  static boolean isSettled(ImportTarget target) {
    return target.staged().remembered().stream().anyMatch(r -> r.startsWith(SETTLED));
  }
}
