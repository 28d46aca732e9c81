package dev.outgrow.examples.wizard;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.examples.wizard.ChosenFile.Origin;
import dev.outgrow.examples.wizard.Outcome.Arrived;
import dev.outgrow.examples.wizard.Outcome.Place;
import dev.outgrow.examples.wizard.Outcome.Returned;
import dev.outgrow.examples.wizard.Step.Choosing;
import dev.outgrow.examples.wizard.Step.Ended;
import dev.outgrow.exporter.ExportReport;
import dev.outgrow.exporter.SqliteExport;
import dev.outgrow.importer.mapping.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the application from PostgreSQL back to a SQLite file: to the one it has left, if both
 * sides are equal, or to a new one beside it, which gets all that PostgreSQL holds. Nobody can
 * write to PostgreSQL meanwhile. It works after a restart as before: nothing that it needs is kept
 * in memory alone. Thread-safe.
 */
final class Homecoming {
  private static final Set<Kind> OTHERS = EnumSet.of(Kind.MISSING_TABLE, Kind.MISSING_COLUMN);

  private final Home home;
  private final Stage stage;
  private final WizardSettings settings;
  private final Departure departure;
  private volatile @Nullable Database former;

  Homecoming(Home home, Stage stage, WizardSettings settings) {
    this.home = home;
    this.stage = stage;
    this.settings = settings;
    this.departure = new Departure(home, settings);
  }

  /** Keeps the file in mind that the application leaves, which stays open. */
  void leaves(Database file) {
    former = file;
  }

  /** Returns what is offered. */
  Back offer() {
    try {
      return new Back(departure.find(), null);
    } catch (OutgrowException unknown) {
      return new Back(Optional.empty(), Problem.of(unknown));
    }
  }

  /** What is done in the background. */
  private interface Job {
    Step run(Step at, Moved moved, Work work);
  }

  /** Goes back to the file that the application has left, if the database's name is typed. */
  void toFormer(String shown, String typed) {
    begin(shown, typed, Task.SWITCH, this::former);
  }

  /**
   * Goes on in a new file, if the database's name is typed.
   *
   * @param others whether tables and columns that the application does not know may stay behind
   */
  void toNew(String shown, String typed, boolean others) {
    begin(shown, typed, Task.EXPORT, (at, moved, work) -> anew(moved, others, work));
  }

  private void begin(String shown, String typed, Task task, Job job) {
    stage.on(
        shown,
        Step.class,
        at -> {
          Moved moved =
              departure.find().filter(found -> leadsBack(at)).orElseThrow(Homecoming::none);
          Refusal.unlessTyped(moved.confirmation(), typed);
          stage.begin(task, chosen(moved.file()), work -> job.run(at, moved, work), failure -> at);
        });
  }

  private static boolean leadsBack(Step at) {
    return at instanceof Choosing
        || (at instanceof Ended ended
            && ended.outcome() instanceof Arrived arrived
            && arrived.place() == Place.SWITCHED);
  }

  private static Refusal none() {
    return new Refusal(
        "The application is not where it could go back from.", "It goes on where it is.");
  }

  private static ChosenFile chosen(Path file) {
    return new ChosenFile(file, String.valueOf(file.getFileName()), Origin.OWN, 0);
  }

  private Step former(Step at, Moved moved, Work work) {
    Database there = home.database();
    Database file = open(moved);
    boolean gone = false;
    try {
      long rows =
          whileNobodyWrites(
              there,
              () -> file.<Long>transaction(tx -> SwitchOver.compareBack(moved, there, work)),
              () -> goOnAgain(file, moved));
      gone = true;
      return returned(at, moved, rows);
    } finally {
      if (!gone && file != former) {
        file.close();
      }
    }
  }

  private void goOnAgain(Database file, Moved moved) {
    Signpost.beside(moved.file()).remove();
    home.goOn(file);
  }

  private Step returned(Step at, Moved moved, long rows) {
    String note =
        SwitchOver.equal(rows)
            + " The application runs on the SQLite file again."
            + nextStart(moved.file());
    return at instanceof Ended ended && ended.outcome() instanceof Arrived arrived
        ? new Ended(ended.file(), arrived.at(Place.BESIDE, note), false)
        : new Ended(chosen(moved.file()), new Returned(note, Optional.empty()), false);
  }

  /** The application may have been started anew since it left, and be of another version. */
  private Database open(Moved moved) {
    Database known = former;
    if (known != null
        && known.url().file().map(Path::toAbsolutePath).equals(Optional.of(moved.file()))) {
      return known;
    }
    if (!Files.isRegularFile(moved.file())) {
      throw new Refusal(
          moved.file() + " is not there any more.",
          "Put it back in its place; or go back with a new file, which gets all that PostgreSQL"
              + " holds.");
    }
    Database opened = Database.open(DatabaseUrl.sqlite(moved.file()));
    try {
      requireCurrent(opened, moved.file());
    } catch (RuntimeException failure) {
      opened.close();
      throw failure;
    }
    return opened;
  }

  private void requireCurrent(Database opened, Path file) {
    if (!home.migrations(opened).check().isCurrent()) {
      throw new Refusal(
          file + " has not the tables of this version of the application.",
          "Go back with a new file, which has them and gets all that PostgreSQL holds.");
    }
  }

  private Step anew(Moved moved, boolean others, Work work) {
    Database there = home.database();
    Path file = moved.anew();
    ExportReport made =
        whileNobodyWrites(
            there, () -> export(there, file, others, work), () -> goOnIn(file, moved.file()));
    String note =
        String.format(
                Locale.ROOT,
                "All %,d rows were written to %s, read back and compared.",
                made.rows(),
                file)
            + " The application runs on that file now. "
            + moved.name()
            + " and PostgreSQL are as they were."
            + nextStart(file);
    return new Ended(chosen(file), new Returned(note, Optional.of(made)), false);
  }

  private ExportReport export(Database there, Path file, boolean others, Work work) {
    return SqliteExport.from(there)
        .into(file)
        .schema(Mover.OWN_SCHEMA)
        .chains(home.chainsForAFile())
        .accept(others ? OTHERS : Set.of())
        .onProgress(work.andThen(settings.listener()))
        .cancelledBy(work.cancellation())
        .run();
  }

  private void goOnIn(Path file, Path left) {
    Database opened = Database.open(DatabaseUrl.sqlite(file));
    boolean gone = false;
    try {
      requireCurrent(opened, file);
      Signpost.beside(left).lead(file);
      home.goOn(opened);
      gone = true;
    } catch (OutgrowException failure) {
      throw new Refusal(
          failure.what().strip() + " The file " + file + " was made, and is whole; it stays.",
          failure.remedy(),
          failure);
    } finally {
      if (!gone) {
        opened.close();
      }
    }
  }

  private <T> T whileNobodyWrites(Database there, Supplier<T> work, Runnable then) {
    return home.quietly(
        () ->
            WriteStop.during(
                there,
                Mover.OWN_SCHEMA,
                Mover.owned(home.migrations(there)),
                work,
                d -> then.run()));
  }

  /** A setting that names PostgreSQL is not the application's to change. */
  private String nextStart(Path file) {
    return settings.file().isPresent() || former != null
        ? ""
        : " It was told to open PostgreSQL: set DATABASE_URL to "
            + DatabaseUrl.sqlite(file)
            + " before it is started the next time.";
  }
}
