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
 * @since 0.1
 */
public record ScratchTemplate(
    Backend backend, String fingerprint, Consumer<? super Database> preparation) {
  /**
   * Checks the parts.
   *
   * @throws ConfigurationException if the fingerprint is blank
   */
  public ScratchTemplate {
    Objects.requireNonNull(backend);
    Objects.requireNonNull(preparation);
    if (fingerprint.isBlank()) {
      throw new ConfigurationException(
          "The template's fingerprint", fingerprint, "a text that tells it from other templates");
    }
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
