package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;
import dev.outgrow.error.UnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out copies of a template that were made before they were asked for, and drops them behind.
 * Its threads end by themselves, and no exit waits for them.
 */
final class ClonesAhead implements AutoCloseable {
  private static final int MAKERS = 2;
  private static final int DROPPERS = 3;

  private final ScratchSettings settings;
  private final OpenedOnce store;
  private final ThreadPoolExecutor makers = Background.threads(MAKERS, "outgrow-scratch-make");
  private final ThreadPoolExecutor droppers = Background.threads(DROPPERS, "outgrow-scratch-drop");
  private final Deque<FutureTask<Clone>> ahead = new ArrayDeque<>();
  private final Set<Lent> lent = new HashSet<>();
  private final Object sharing = new Object();
  private @Nullable ScratchDatabase shared;
  private int asked;
  private boolean closed;

  ClonesAhead(ScratchSettings settings, Supplier<TemplateStore> opening) {
    this.settings = settings;
    this.store = new OpenedOnce(opening);
  }

  /** A copy in use: given back, it is dropped behind. */
  private final class Lent implements Custody {
    private final Clone clone;
    private final boolean toAll;
    private volatile boolean kept;

    private Lent(Clone clone, boolean toAll) {
      this.clone = clone;
      this.toAll = toAll;
    }

    @Override
    public boolean isShared() {
      return toAll;
    }

    @Override
    public KeptDatabase keep() {
      KeptDatabase how = clone.custody().keep();
      kept = true;
      return how;
    }

    /** Behind: closing takes as long as dropping, and no test need wait for it. */
    @Override
    public void end(Database database, boolean keep) {
      if (giveBack(this)) {
        droppers.execute(this::end);
      }
    }

    @Override
    public void delete() {
      drop(clone);
    }

    @Override
    public void release() {
      clone.custody().release();
    }

    /** Ends it, whoever may still use it. */
    private void end() {
      clone.database().close();
      if (kept) {
        clone.custody().release();
      } else {
        drop(clone);
      }
    }
  }

  ScratchDatabase take() {
    admit();
    Clone clone;
    try {
      TemplateStore opened = store.get();
      FutureTask<Clone> first = nextOf(opened);
      // Whoever made it: this thread does, where nobody has begun.
      first.run();
      clone = Background.result(first);
      fillUp(opened);
    } catch (Throwable failure) {
      dismiss();
      throw failure;
    }
    return lend(clone, false);
  }

  /** Returns the database that all who only read share. */
  ScratchDatabase shared() {
    synchronized (sharing) {
      if (shared == null) {
        admit();
        try {
          shared = lend(store.get().copy(true), true);
        } catch (Throwable failure) {
          dismiss();
          throw failure;
        }
      }
      return shared;
    }
  }

  private synchronized void admit() {
    requireOpen();
    if (asked >= settings.mostDatabases()) {
      throw new UnavailableException(
          asked + " scratch databases of one pool are in use, as many as its settings allow.",
          "Close those that are done with, or raise mostDatabases.",
          null);
    }
    asked++;
  }

  private void requireOpen() {
    if (closed) {
      throw new UnavailableException(
          "The pool of scratch databases is closed.", "Take them before it is.", null);
    }
  }

  private synchronized void dismiss() {
    asked--;
  }

  private synchronized FutureTask<Clone> nextOf(TemplateStore opened) {
    @Nullable FutureTask<Clone> first = ahead.poll();
    if (first == null) {
      // Somebody waits: those that nobody waits for yet come after it.
      return new FutureTask<>(() -> copy(opened));
    }
    fillUp(opened);
    return first;
  }

  private synchronized void fillUp(TemplateStore opened) {
    while (ahead.size() < settings.ahead() && !closed) {
      FutureTask<Clone> task = new FutureTask<>(() -> copy(opened));
      ahead.add(task);
      makers.execute(task);
    }
  }

  private Clone copy(TemplateStore opened) {
    synchronized (this) {
      requireOpen();
    }
    return opened.copy(false);
  }

  private ScratchDatabase lend(Clone clone, boolean toAll) {
    Lent given = new Lent(clone, toAll);
    synchronized (this) {
      if (!closed) {
        lent.add(given);
        return new ScratchDatabase(clone.database(), given);
      }
    }
    given.end();
    throw new UnavailableException(
        "The pool of scratch databases was closed.", "Take them before it is.", null);
  }

  private synchronized boolean giveBack(Lent given) {
    boolean known = lent.remove(given);
    if (known) {
      asked--;
    }
    return known;
  }

  private static void drop(Clone clone) {
    try {
      clone.custody().delete();
    } catch (RuntimeException failure) {
      Log.of(ScratchPool.class)
          .warn("A scratch database stays until the next run: {}", failure.getMessage());
    }
  }

  @Override
  public void close() {
    List<FutureTask<Clone>> made;
    List<Lent> left;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      made = new ArrayList<>(ahead);
      left = new ArrayList<>(lent);
      ahead.clear();
      lent.clear();
    }
    made.forEach(ClonesAhead::endWhenMade);
    left.forEach(Lent::end);
    makers.shutdown();
    Background.finish(droppers);
    store.close();
  }

  /** One that nobody has begun is not begun any more, which is a failure like others. */
  private static void endWhenMade(FutureTask<Clone> task) {
    task.run();
    try {
      Clone clone = Background.result(task);
      clone.database().close();
      drop(clone);
    } catch (RuntimeException neverMade) {
      Log.of(ScratchPool.class).debug("Nothing to drop", neverMade);
    }
  }
}
