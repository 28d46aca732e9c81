package dev.outgrow.test.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchTemplate;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainFingerprint;
import dev.outgrow.migration.ChainSource;
import dev.outgrow.migration.FirstMigration;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.fingerprint.Fingerprint;
import dev.outgrow.migration.safety.Safety;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test's database is made of.
 *
 * <p><em>Immutable.</em>
 *
 * @param backend where it lies
 * @param chains what makes its schema
 * @param seeds what fills it, in this order
 * @since 0.1
 */
public record Recipe(Backend backend, ChainSource chains, List<SeedSource> seeds) {
  /** To be raised when what is made of equal chains and seeds changes. */
  private static final String EDITION = "1";

  /** Copies the list. */
  public Recipe {
    seeds = List.copyOf(seeds);
  }

  /**
   * Returns the template, known by everything that decides what it holds.
   *
   * @throws dev.outgrow.error.ConfigurationException if scripts or seeds cannot be read
   */
  ScratchTemplate template() {
    Fingerprint print =
        Fingerprint.of("test database")
            .with("edition", EDITION)
            .with("chains", ChainFingerprint.of(backend, chains.setup(), chains.chains()).hex());
    for (SeedSource seed : seeds) {
      print = seed.addTo(print);
    }
    return new ScratchTemplate(backend, print.shortened(), this::make, FirstMigration::prepare);
  }

  // Those of records are made at run time, which takes the first test of a JVM a tenth of a second.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Recipe that
        && backend == that.backend
        && chains.equals(that.chains)
        && seeds.equals(that.seeds);
  }

  @Override
  public int hashCode() {
    return (31 * chains.hashCode() + seeds.hashCode()) * 31 + backend.hashCode();
  }

  private void make(Database database) {
    List<Chain> all = chains.chains();
    // Nobody else is in there to be held up.
    Migrations migrations = Migrations.of(database).setup(chains.setup()).safety(Safety.off());
    for (Chain chain : all) {
      migrations = migrations.chain(chain);
    }
    if (all.isEmpty()) {
      chains.setup().run(database);
    } else {
      migrations.migrate();
    }
    seeds.forEach(seed -> seed.fill(database));
  }
}
