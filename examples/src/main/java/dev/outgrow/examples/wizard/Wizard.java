package dev.outgrow.examples.wizard;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.examples.wizard.ChosenFile.Origin;
import dev.outgrow.examples.wizard.Outcome.Arrived;
import dev.outgrow.examples.wizard.Outcome.Failed;
import dev.outgrow.examples.wizard.Outcome.Place;
import dev.outgrow.examples.wizard.Outcome.Stopped;
import dev.outgrow.examples.wizard.Step.Aiming;
import dev.outgrow.examples.wizard.Step.Choosing;
import dev.outgrow.examples.wizard.Step.Confirming;
import dev.outgrow.examples.wizard.Step.Ended;
import dev.outgrow.examples.wizard.Step.Inspected;
import dev.outgrow.importer.BadRowsException;
import dev.outgrow.importer.VerificationFailedException;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of one file to PostgreSQL, step by step: choose, inspect, name the target, confirm,
 * watch, read the report, switch over, go back. There is one at a time for the whole application,
 * and every tab sees the same.
 *
 * <p>A form that belongs to a step that is over does nothing but say so. What goes wrong is kept as
 * the {@link Standing#problem}. An upload is deleted when its rows have arrived, when it is given
 * up, when who uploaded it has logged out, when the application ends, and if it was killed, when it
 * starts again.
 *
 * <p>{@link #close} cancels what runs, waits 20 seconds for it, and deletes uploads.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Wizard implements AutoCloseable {
  private final WizardSettings settings;
  private final Home home;
  private final Mover mover;
  private final SwitchOver switching;
  private final Homecoming homecoming;
  private final ServerFiles files;
  private final Stage stage = new Stage(this::settled);
  private final Uploads uploads;

  // Guarded by the stage's monitor.
  private String owner = "";
  private @Nullable ChosenFile file;
  private @Nullable Look look;
  private Choices choices = Choices.FIRST;
  private Aim aim;
  private boolean closing;

  /**
   * Begins with nothing chosen, and deletes uploads that an application has left that was killed.
   */
  public Wizard(WizardSettings settings, Home home) {
    this.settings = settings;
    this.home = home;
    this.mover = new Mover(home, settings);
    this.switching = new SwitchOver(home);
    this.homecoming = new Homecoming(home, stage, settings);
    this.files = new ServerFiles(settings.folder());
    this.aim = settings.target().map(Aim::at).orElse(Aim.NONE);
    this.uploads = new Uploads(settings);
  }

  /** Returns how things stand. */
  public Standing standing() {
    return stage.standing();
  }

  /** Returns what can be chosen. */
  public Offers offers() {
    Optional<ServerFile> here = own().map(ServerFile::of);
    long largest = settings.largestUpload();
    Problem cutOff = uploads.cutOff(home.database().url());
    try {
      return new Offers(here, files.offersAny(), files.list(), null, cutOff, largest);
    } catch (Refusal unread) {
      return new Offers(here, true, List.of(), Problem.of(unread), cutOff, largest);
    }
  }

  /** Returns whether and how the application can go back to a SQLite file. */
  public Back back() {
    return homecoming.offer();
  }

  private Optional<Path> own() {
    Database database = home.database();
    return database.backend() == Backend.SQLITE
        ? database.url().file().map(Path::toAbsolutePath)
        : Optional.empty();
  }

  /** Has somebody told, on whatever thread, that things stand otherwise; closing ends it. */
  public AutoCloseable watch(Runnable watcher) {
    return stage.background().watch(watcher);
  }

  /** Chooses the file that the application runs on. */
  public void chooseOwn(String who, String shown) {
    stage.on(
        shown,
        Choosing.class,
        at -> {
          Path path =
              own()
                  .orElseThrow(
                      () ->
                          new Refusal(
                              "The application runs on PostgreSQL already.",
                              "Choose another file, if there is one to carry."));
          String name = String.valueOf(path.getFileName());
          look(who, new ChosenFile(path, name, Origin.OWN, ServerFile.of(path).bytes()));
        });
  }

  /** Chooses a file of the folder that is offered. */
  public void chooseFile(String who, String shown, String name) {
    stage.on(
        shown,
        Choosing.class,
        at -> {
          Path path = files.find(name);
          look(who, new ChosenFile(path, name, Origin.SERVER, ServerFile.of(path).bytes()));
        });
  }

  /**
   * Begins an upload.
   *
   * @param name the file's name, by which nothing is opened
   * @throws Refusal if there is nowhere to put it, or something else is on its way
   */
  public Upload receive(String name) {
    if (!(stage.step() instanceof Choosing)) {
      throw new Refusal(Stage.OUT_OF_DATE.what(), Stage.OUT_OF_DATE.remedy());
    }
    return uploads.receive(name);
  }

  /** Returns how many bytes an upload has at most. */
  public long largestUpload() {
    return settings.largestUpload();
  }

  /** Chooses a file that was uploaded. */
  public void take(String who, String shown, Upload upload) {
    stage.on(shown, Choosing.class, at -> look(who, upload.take()));
  }

  /** Says why nothing was done. */
  public void refuse(OutgrowException why) {
    stage.refuse(Problem.of(why));
  }

  /** Says that an upload is so large that it was not even read. */
  public void refuseTooLarge() {
    refuse(Upload.tooLarge("The file", settings.largestUpload()));
  }

  private void look(String who, ChosenFile chosen) {
    owner = who;
    file = chosen;
    choices = Choices.FIRST;
    stage.begin(
        Task.LOOK,
        chosen,
        work -> {
          Look seen = mover.look(chosen, work);
          return new Inspected(seen, Choices.FIRST);
        },
        failure -> new Choosing());
  }

  /** Decides what becomes of the file; everything that stays behind has to be accepted. */
  public void decide(String shown, Choices decided) {
    stage.on(
        shown,
        Inspected.class,
        at -> {
          choices = decided;
          stage.to(new Inspected(at.look(), decided));
          Set<Kind> open = new TreeSet<>(at.look().behind(decided.orphans()).keySet());
          open.removeAll(decided.accepted());
          if (!open.isEmpty()) {
            throw new Refusal(
                "Some things would stay behind, and you have not agreed to that: "
                    + String.join(", ", open.stream().map(Kind::word).toList())
                    + ".",
                "Read what they are, and tick them; or mend the file first.");
          }
          stage.to(aiming(at.look(), at.look().file().schema()));
        });
  }

  private Aiming aiming(Look seen, String schema) {
    boolean here = !seen.file().own() && home.database().backend() == Backend.POSTGRESQL;
    return new Aiming(seen, aim.shown(), schema, here);
  }

  /** Names the target; no URL means the one that was named before, or the application's own. */
  public void aim(String shown, String url, String password, String schema) {
    stage.on(
        shown,
        Aiming.class,
        at -> {
          Aim named = url.isBlank() ? aim : Aim.of(url.strip(), password);
          if (!named.isSet() && !at.here()) {
            throw new Refusal(
                "No database was named.",
                "Write its URL, as postgresql://user@host:5432/database.");
          }
          Choices decided = choices;
          stage.begin(
              Task.AIM,
              at.look().file(),
              work ->
                  new Confirming(
                      at.look(),
                      decided,
                      mover.goal(at.look(), decided, named, schema.strip(), work)),
              failure -> aiming(at.look(), schema.strip()));
        });
  }

  /** Begins the import, if the name is the right one. */
  public void confirm(String shown, String typed) {
    stage.on(
        shown,
        Confirming.class,
        at -> {
          Refusal.unlessTyped(at.goal().confirmation(), typed);
          uploads.carrying(home.database().url(), at.look().file(), at.goal());
          stage.begin(
              Task.IMPORT,
              at.look().file(),
              work -> arrived(at, mover.run(at.look(), at.choices(), at.goal(), work)),
              failure -> failed(at, failure));
        });
  }

  private static Step arrived(Confirming at, ImportReport report) {
    Goal goal = at.goal();
    ChosenFile carried = at.look().file();
    Set<Kind> accepted = Mover.accepted(at.choices(), goal);
    return new Ended(
        carried,
        new Arrived(report, accepted, Mover.idOf(goal), goal, at.choices(), Place.BESIDE, ""),
        false);
  }

  private Step failed(Confirming at, RuntimeException failure) {
    ChosenFile carried = at.look().file();
    String target = at.goal().shown();
    mover.release(at.goal().database());
    Outcome outcome =
        failure instanceof CancelledException
            ? new Stopped(target)
            : new Failed(Problem.of(failure).naming(carried), target, reportOf(failure));
    return new Ended(carried, outcome, Files.exists(carried.path()));
  }

  private static Optional<ImportReport> reportOf(RuntimeException failure) {
    if (failure instanceof BadRowsException bad) {
      return Optional.of(bad.report());
    }
    return failure instanceof VerificationFailedException differs
        ? Optional.of(differs.report())
        : Optional.empty();
  }

  /** Takes the application over to where its rows are. */
  public void switchOver(String shown) {
    stage.onArrived(
        shown,
        at -> {
          if (!at.goal().own() || at.place() != Place.BESIDE) {
            throw new Refusal("The application does not go there.", "It goes on where it is.");
          }
          homecoming.leaves(home.database());
          begin(at, Task.SWITCH, work -> switching.over(at, source(), work));
        });
  }

  /** Takes the application back to the file it has left, if the database's name is typed. */
  public void goBack(String shown, String typed) {
    homecoming.toFormer(shown, typed);
  }

  /**
   * Takes the application back to a new file that gets all that PostgreSQL holds, if the database's
   * name is typed.
   *
   * @param others whether tables and columns that the application does not know may stay behind
   */
  public void goBackAnew(String shown, String typed, boolean others) {
    homecoming.toNew(shown, typed, others);
  }

  /** Brings back what the target held before, if its name is the right one. */
  public void takeBack(String shown, String typed) {
    stage.onArrived(
        shown,
        at -> {
          if (at.place() != Place.BESIDE || at.id().isEmpty()) {
            throw new Refusal("It cannot be taken back now.", "Go back to the file first.");
          }
          Refusal.unlessTyped(at.goal().confirmation(), typed);
          begin(at, Task.UNDO, work -> SwitchOver.undo(at, work));
        });
  }

  private ChosenFile source() {
    ChosenFile now = file;
    if (now == null) {
      throw new IllegalStateException("What has arrived was carried from a file");
    }
    return now;
  }

  private void begin(Arrived at, Task task, Function<Work, Arrived> job) {
    ChosenFile carried = source();
    stage.begin(
        task,
        carried,
        work -> new Ended(carried, job.apply(work), false),
        failure -> new Ended(carried, at, false));
  }

  /** Cancels what runs; it ends within about a second, and the target is as it was. */
  public void cancel(String shown) {
    stage.cancel(shown);
  }

  /** Goes one step back. */
  public void back(String shown) {
    stage.on(
        shown,
        Step.class,
        at -> {
          Look seen = look;
          if (at instanceof Confirming confirming) {
            mover.release(confirming.goal().database());
            stage.to(aiming(confirming.look(), confirming.goal().schema()));
          } else if (seen != null
              && (at instanceof Aiming || (at instanceof Ended ended && ended.again()))) {
            stage.to(new Inspected(seen, choices));
          } else {
            giveUp();
          }
        });
  }

  /** Forgets the file, and begins anew. */
  public void leave(String shown) {
    stage.on(shown, Step.class, at -> giveUp());
  }

  private void giveUp() {
    if (stage.background().now() != null) {
      throw new Refusal("Something runs.", "Cancel it first.");
    }
    forget();
    stage.to(new Choosing());
  }

  /** Who has logged out, or was away for too long, takes the upload along; an import goes on. */
  public void left(String who) {
    synchronized (stage) {
      if (who.isEmpty() || !who.equals(owner)) {
        return;
      }
      owner = "";
      Work now = stage.background().now();
      if (now == null) {
        settled(stage.step());
      } else if (now.state().task() == Task.LOOK || now.state().task() == Task.AIM) {
        now.cancel();
      }
    }
    stage.background().changed();
  }

  /** Called within the stage's monitor. */
  private void settled(Step next) {
    if (next instanceof Inspected inspected) {
      look = inspected.look();
    }
    if (next instanceof Confirming confirming) {
      aim = confirming.goal().aim();
    }
    if (next instanceof Ended ended) {
      settled(ended);
    } else if (next instanceof Choosing) {
      forget();
    } else if (owner.isEmpty()) { // nobody is there any more who could go on
      forget();
      stage.to(new Choosing());
    }
  }

  /** How an import has ended is there for whoever comes next, though nobody may be there now. */
  private void settled(Ended ended) {
    boolean arrived = ended.outcome() instanceof Arrived;
    if (arrived || !closing) {
      uploads.carried();
    }
    if (arrived) {
      Uploads.discard(file);
    } else if (owner.isEmpty() && ended.file().origin() == Origin.UPLOAD) {
      Uploads.discard(file);
      stage.to(new Ended(ended.file(), ended.outcome(), false));
    }
  }

  private void forget() {
    Step at = stage.step();
    if (at instanceof Confirming confirming) {
      mover.release(confirming.goal().database());
    }
    if (at instanceof Ended ended
        && ended.outcome() instanceof Arrived arrived
        && arrived.place() != Place.SWITCHED) {
      mover.release(arrived.goal().database());
    }
    Uploads.discard(file);
    file = null;
    look = null;
  }

  /**
   * Waits a little, so that what is quick is done when its page is shown; returns whether it is.
   */
  public boolean awaitQuick(Duration limit) {
    return stage.background().await(limit);
  }

  @Override
  public void close() {
    synchronized (stage) {
      closing = true;
    }
    stage.close();
    synchronized (stage) {
      forget();
    }
    uploads.close();
  }
}
