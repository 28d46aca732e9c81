package dev.outgrow.examples.wizard;

import dev.outgrow.database.Database;
import dev.outgrow.examples.wizard.Outcome.Arrived;
import dev.outgrow.examples.wizard.Outcome.Place;
import dev.outgrow.importer.Imports;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.UndoneImport;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.Since;
import dev.outgrow.importer.report.VerifyReport;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.migration.StartPolicy;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Takes the application over to the database that its rows were carried to. Every row is compared
 * once more while nothing can write to the file, so that what was written since the import is not
 * left behind. {@link Homecoming} is the way back.
 */
final class SwitchOver {
  private final Home home;

  SwitchOver(Home home) {
    this.home = home;
  }

  Arrived over(Arrived arrived, ChosenFile file, Work work) {
    Database former = home.database();
    Database there = arrived.goal().database();
    home.migrations(there).start(StartPolicy.MIGRATE);
    long rows =
        whileNobodyWrites(
            former,
            () -> {
              long compared = compareOver(arrived, file, work);
              Signpost.beside(file.path()).lead(arrived.goal().aim(), arrived.choices());
              home.goOn(there);
              return compared;
            });
    return arrived.at(Place.SWITCHED, equal(rows) + " The application runs on PostgreSQL now.");
  }

  /** Programs beside the application wait as well: SQLite lets one write at a time. */
  private long whileNobodyWrites(Database file, Supplier<Long> work) {
    return home.quietly(() -> file.<Long>transaction(tx -> work.get()));
  }

  private static long compareOver(Arrived arrived, ChosenFile file, Work work) {
    return compare(
        Mover.comparing(
            file.path(), arrived.goal().database(), arrived.choices(), arrived.accepted(), work),
        "Import again, and switch over then: what PostgreSQL holds is kept beside it. Or take the"
            + " rows back by hand: outgrow export makes a SQLite file of them.");
  }

  /** Compares for the way back; what stayed behind on the way there was agreed to then. */
  static long compareBack(Moved moved, Database there, Work work) {
    return compare(
        Mover.comparing(moved.file(), there, moved.decided(), EnumSet.allOf(Kind.class), work),
        "Go back with a new file, which gets all that PostgreSQL holds; or make one by hand, with"
            + " outgrow export. If the SQLite file has moved on, it may be the one to keep: import"
            + " it again with outgrow import --into-existing --replace.");
  }

  private static long compare(SqliteImport comparing, String remedy) {
    VerifyReport report = comparing.verify();
    if (!report.verified()) {
      throw new Refusal(movedOn(report), remedy);
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

  static String equal(long rows) {
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
