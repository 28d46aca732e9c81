package dev.outgrow.database.scratch;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a pool's scratch databases hold: each is a copy of one that was prepared once. Two templates
 * of the same backend and fingerprint are taken for the same, also by other processes and later
 * runs; whatever changes what the preparation makes must change the fingerprint.
 *
 * <p><em>Immutable.</em>
 *
 * @param backend where it lies
 * @param fingerprint tells it from others: any text that is not blank, as of the migrations, their
 *     settings and the versions of tools
 * @param preparation fills an empty database; on PostgreSQL it may also set what {@code ALTER
 *     DATABASE … SET} sets for everybody, which each copy gets. It must have closed all connections
 *     of its own when it returns. What it throws, everyone who waits for a copy gets
 * @param meanwhile what the preparation will need and no database is needed for, as classes are to
 *     be loaded: it is run while a server is made that has no templates yet, and else not at all
 * @since 0.1
 */
public record ScratchTemplate(
    Backend backend,
    String fingerprint,
    Consumer<? super Database> preparation,
    Runnable meanwhile) {
  /**
   * Checks the parts.
   *
   * @throws ConfigurationException if the fingerprint is blank
   */
  public ScratchTemplate {
    Objects.requireNonNull(backend);
    Objects.requireNonNull(preparation);
    Objects.requireNonNull(meanwhile);
    if (fingerprint.isBlank()) {
      throw new ConfigurationException(
          "The template's fingerprint", fingerprint, "a text that tells it from other templates");
    }
  }

  /** Makes one with nothing to be done meanwhile. */
  public ScratchTemplate(
      Backend backend, String fingerprint, Consumer<? super Database> preparation) {
    this(backend, fingerprint, preparation, () -> {});
  }

  /** Returns a template that is an empty database. */
  public static ScratchTemplate empty(Backend backend) {
    return new ScratchTemplate(backend, "empty", database -> {});
  }

  /** Returns the backend and the fingerprint. */
  @Override
  public String toString() {
    return "template " + fingerprint + " on " + backend;
  }
}
