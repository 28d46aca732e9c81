package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.ExistingSchema;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Tactics;
import dev.outgrow.importer.plan.TargetState;
import dev.outgrow.importer.postgres.ImportTarget;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the plan of one import. */
final class Planning {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int RANDOM_BYTES = 3;

  private final ImportOptions options;
  private final @Nullable Database database;
  private String id;
  private ImportNames names;

  Planning(ImportOptions options, @Nullable Database database) {
    this.options = options;
    this.database = database;
    this.id = newId();
    ImportNames own = ImportNames.of(options.schema(), id);
    this.names = options.dryRun() && options.intoExisting() ? own.temporary() : own;
  }

  ImportNames names() {
    return names;
  }

  /** Returns what sets this import apart from every other. */
  String id() {
    return id;
  }

  /** Takes the names of an earlier import, to go on with it. */
  void goOn(String earlier) {
    id = earlier;
    names = ImportNames.of(options.schema(), earlier);
  }

  /** Returns the target as a person reads it, without a credential. */
  String target() {
    return (database == null ? "" : database.url() + ", ") + "schema " + options.schema();
  }

  ImportPlan plan(Survey survey, Sifted sifted) {
    return plan(survey, sifted.mapping(), state(), sifted.hasRejects());
  }

  /** Plans an import into a target that holds something, or nothing. */
  ImportPlan plan(Survey survey, SchemaMapping mapping, TargetState state, boolean rejects) {
    return ImportPlan.of(names, mapping, state, rejects, tactics(survey, mapping));
  }

  private Tactics tactics(Survey survey, SchemaMapping mapping) {
    Tactics.Limits limits = options.tactics().limits(options.streams());
    return Tactics.of(
        mapping, limits, limits.plainBlobs() ? BlobSample.of(mapping, survey::rows) : List.of());
  }

  /**
   * Plans an import into tables that are there.
   *
   * @param rejects whether there are rows that cannot be carried
   */
  ImportPlan plan(ExistingMapping existing, boolean rejects) {
    boolean kept = rejects && !options.dryRun();
    return ImportPlan.intoExisting(names, existing, options.orphans() == Orphans.KEEP, kept);
  }

  /** Returns what the tables are that are there; who loads into them has to name the database. */
  ExistingSchema existing() {
    if (database == null) {
      throw new IllegalStateException("No target: call into(database) first");
    }
    try (ImportTarget target = ImportTarget.open(database, names, options.buffers())) {
      return target.tables().read();
    }
  }

  private TargetState state() {
    if (database == null) {
      return TargetState.empty(options.schema());
    }
    try (ImportTarget target = ImportTarget.open(database, names, options.buffers())) {
      return target.state();
    }
  }

  /**
   * An import is known by when it began; the random end keeps two apart that began in the same
   * second.
   */
  private static String newId() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return SECOND.format(Instant.now()) + "_" + HexFormat.of().formatHex(random);
  }
}
