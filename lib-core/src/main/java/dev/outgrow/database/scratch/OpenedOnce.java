package dev.outgrow.database.scratch;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens a store when the first asks for it. One that cannot be opened fails for all who ask. */
final class OpenedOnce implements AutoCloseable {
  private final Supplier<TemplateStore> opening;
  private @Nullable TemplateStore store;
  private @Nullable Throwable failure;

  OpenedOnce(Supplier<TemplateStore> opening) {
    this.opening = opening;
  }

  synchronized TemplateStore get() {
    if (failure != null) {
      throw Background.unchecked(failure);
    }
    if (store == null) {
      try {
        store = opening.get();
      } catch (Throwable thrown) {
        failure = thrown;
        throw thrown;
      }
    }
    return store;
  }

  @Override
  public synchronized void close() {
    if (store != null) {
      store.close();
    }
  }
}
