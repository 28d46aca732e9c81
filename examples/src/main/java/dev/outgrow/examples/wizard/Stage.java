package dev.outgrow.examples.wizard;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.examples.wizard.Outcome.Arrived;
import dev.outgrow.examples.wizard.Step.Choosing;
import dev.outgrow.examples.wizard.Step.Ended;
import dev.outgrow.examples.wizard.Step.Working;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which step it is, and how one becomes another: at once, or when work in the background has ended.
 * Thread-safe; who holds its monitor sees no other step meanwhile, and must tell nobody of it
 * before it has let go: who is told may hold what another waits for, and ask.
 */
final class Stage implements AutoCloseable {
  static final Problem OUT_OF_DATE =
      new Problem(
          "That page was out of date, so nothing was done.",
          "This is how things stand now; another tab, or another administrator, may have gone on.");
  private static final Problem UNKNOWN =
      new Problem("Something failed that should not.", "The server's log says more.");

  private final Background background = new Background();
  private final Consumer<Step> settling;
  private Step step = new Choosing();
  private long mark = System.nanoTime();
  private @Nullable Problem problem;

  /**
   * Begins with a file to choose.
   *
   * @param settling is told where work in the background has led to, before anybody else is
   */
  Stage(Consumer<Step> settling) {
    this.settling = settling;
  }

  Background background() {
    return background;
  }

  synchronized Step step() {
    return step;
  }

  synchronized Standing standing() {
    Work now = background.now();
    Step shown = now != null && step instanceof Working ? new Working(now.state()) : step;
    return new Standing(shown, Long.toString(mark, Character.MAX_RADIX), problem);
  }

  /** Does what a form asks for, if it belongs to this step. */
  <S extends Step> void on(String shown, Class<S> wanted, Consumer<S> action) {
    synchronized (this) {
      if (!shown.equals(standing().mark()) || !wanted.isInstance(step)) {
        problem = OUT_OF_DATE;
      } else {
        act(wanted.cast(step), action);
      }
    }
    background.changed();
  }

  private <S extends Step> void act(S at, Consumer<S> action) {
    problem = null;
    mark++;
    try {
      action.accept(at);
    } catch (OutgrowException refused) {
      problem = Problem.of(refused);
    }
  }

  /** Does what the form of a page asks for that shows rows which have arrived. */
  void onArrived(String shown, Consumer<Arrived> action) {
    on(
        shown,
        Ended.class,
        at -> {
          if (!(at.outcome() instanceof Arrived arrived)) {
            throw new Refusal(OUT_OF_DATE.what(), OUT_OF_DATE.remedy());
          }
          action.accept(arrived);
        });
  }

  /** Goes on to another step, with nothing wrong. */
  synchronized void to(Step next) {
    to(next, null);
  }

  private void to(Step next, @Nullable Problem why) {
    step = next;
    problem = why;
    mark++;
  }

  void refuse(Problem why) {
    synchronized (this) {
      problem = why;
    }
    background.changed();
  }

  /**
   * Works in the background.
   *
   * @param job what is done, which leads to the next step
   * @param otherwise the next step if it fails
   */
  synchronized void begin(
      Task task,
      ChosenFile file,
      Function<Work, Step> job,
      Function<RuntimeException, Step> otherwise) {
    Work begun = background.begin(task, file.name(), work -> run(work, file, job, otherwise));
    step = new Working(begun.state());
  }

  private void run(
      Work work,
      ChosenFile file,
      Function<Work, Step> job,
      Function<RuntimeException, Step> otherwise) {
    Step next = new Choosing();
    Problem why = UNKNOWN;
    try {
      next = job.apply(work);
      why = null;
    } catch (RuntimeException failure) {
      next = otherwise.apply(failure);
      boolean said = next instanceof Ended ended && !(ended.outcome() instanceof Arrived);
      why = said ? null : Problem.of(failure).naming(file);
    } finally {
      settle(next, why);
    }
  }

  private void settle(Step next, @Nullable Problem why) {
    synchronized (this) {
      background.ended();
      to(next, why);
      settling.accept(next);
    }
    background.changed();
  }

  /** Cancels what runs. */
  void cancel(String shown) {
    synchronized (this) {
      Work now = background.now();
      if (now != null && shown.equals(standing().mark())) {
        now.cancel();
      }
    }
    background.changed();
  }

  @Override
  public void close() {
    background.close();
  }
}
