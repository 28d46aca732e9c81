package dev.outgrow.examples.wizard;

import dev.outgrow.database.Database;
import dev.outgrow.examples.wizard.Outcome.Arrived;
import dev.outgrow.examples.wizard.Outcome.Place;
import dev.outgrow.importer.Imports;
import dev.outgrow.importer.UndoneImport;
import dev.outgrow.importer.report.Since;
import dev.outgrow.importer.report.VerifyReport;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.migration.StartPolicy;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Takes the application over to the database that its rows were carried to, and back. Each time
 * every row is compared once more while nothing can write to the file, so that what was written
 * since the import is not left behind.
 */
final class SwitchOver {
  private final Home home;
  private final Mover mover;

  SwitchOver(Home home, Mover mover) {
    this.home = home;
    this.mover = mover;
  }

  Arrived over(Arrived arrived, ChosenFile file, Work work) {
    Database former = home.database();
    Database there = arrived.goal().database();
    home.migrations(there).start(StartPolicy.MIGRATE);
    long rows =
        whileNobodyWrites(
            former,
            () -> {
              long compared = compare(arrived, file, work);
              Signpost.beside(file.path()).lead(arrived.goal().aim());
              home.goOn(there);
              return compared;
            });
    return arrived.at(Place.SWITCHED, equal(rows) + " The application runs on PostgreSQL now.");
  }

  /** The former file has to be open; it is what the application ran on. */
  Arrived back(Arrived arrived, ChosenFile file, Database former, Work work) {
    long rows =
        whileNobodyWrites(
            former,
            () -> {
              long compared = compare(arrived, file, work);
              Signpost.beside(file.path()).remove();
              home.goOn(former);
              return compared;
            });
    return arrived.at(
        Place.BESIDE, equal(rows) + " The application runs on the SQLite file again.");
  }

  /** Programs beside the application wait as well: SQLite lets one write at a time. */
  private long whileNobodyWrites(Database file, Supplier<Long> work) {
    return home.quietly(() -> file.<Long>transaction(tx -> work.get()));
  }

  private long compare(Arrived arrived, ChosenFile file, Work work) {
    VerifyReport report = mover.comparing(arrived, file, work).verify();
    if (!report.verified()) {
      throw new Refusal(
          movedOn(report),
          "Import again, and switch over then: what PostgreSQL holds is kept beside it. Or"
              + " take the rows back by hand: outgrow export makes a SQLite file of them.");
    }
    return report.rows();
  }

  private static String movedOn(VerifyReport report) {
    Since since = report.since();
    if (since != null && !(since.source().isEmpty() && since.target().isEmpty())) {
      return since.describe();
    }
    List<String> tables =
        report.tables().stream().filter(t -> !t.verified()).map(TableVerdict::table).toList();
    return "The file and PostgreSQL are not equal any more: "
        + String.join(", ", tables.subList(0, Math.min(20, tables.size())))
        + ".";
  }

  private static String equal(long rows) {
    return String.format(Locale.ROOT, "All %,d rows were compared once more, and are equal.", rows);
  }

  static Arrived undo(Arrived arrived, Work work) {
    UndoneImport undone =
        Imports.of(arrived.goal().database()).cancelledBy(work.cancellation()).undo(arrived.id());
    String kept =
        undone
            .keptIn()
            .map(s -> " What the import brought is kept in schema " + s + ".")
            .orElse("");
    return arrived.at(
        Place.TAKEN_BACK,
        "Schema " + undone.schema() + " is what it was before the import." + kept);
  }
}
