package dev.outgrow.exporter;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.importer.progress.ProgressListener;
import dev.outgrow.migration.Chain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of an export.
 *
 * @param schema the schema in PostgreSQL
 * @param chains the application's own SQLite migrations; empty for none
 * @param former a SQLite file with the schema that is wanted, or null
 * @param rules the rules of the import
 * @param replace whether a file of the name may give way
 * @param accepted what may stay behind
 * @param listener is told how far it is
 * @param cancellation ends it
 * @param timeout ends it, too
 */
record ExportOptions(
    String schema,
    List<Chain> chains,
    @Nullable Path former,
    Rules rules,
    boolean replace,
    Set<Kind> accepted,
    ProgressListener listener,
    Cancellation cancellation,
    Duration timeout) {
  private static final Duration LONGEST = Duration.ofDays(7);

  /** What is asked where nothing is. */
  static final ExportOptions USUAL = new Draft().options();

  /** Returns the same options with some changed. */
  ExportOptions with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.schema = schema;
    draft.chains = chains;
    draft.former = former;
    draft.rules = rules;
    draft.replace = replace;
    draft.accepted = accepted;
    draft.listener = listener;
    draft.cancellation = cancellation;
    draft.timeout = timeout;
    change.accept(draft);
    return draft.options();
  }

  /** Options while they are changed. <em>Not thread-safe.</em> */
  static final class Draft {
    String schema = "public";
    List<Chain> chains = List.of();
    @Nullable Path former;
    Rules rules = Rules.NONE;
    boolean replace;
    Set<Kind> accepted = Set.of();
    ProgressListener listener = ProgressListener.none();
    Cancellation cancellation = new Cancellation();
    Duration timeout = Duration.ofHours(12);

    private ExportOptions options() {
      if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
        throw new ConfigurationException("timeout", timeout.toString(), "1 ms to " + LONGEST);
      }
      return new ExportOptions(
          schema,
          List.copyOf(chains),
          former,
          rules,
          replace,
          Set.copyOf(accepted),
          listener,
          cancellation,
          timeout);
    }
  }
}
