package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.journal.Journal;
import dev.outgrow.importer.journal.JournalEntry;
import dev.outgrow.importer.journal.JournalState;
import dev.outgrow.importer.journal.JournalTable;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.report.Since;
import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells which side has changed since the import that made them equal, by the checksums that its
 * journal has of every table.
 */
final class MovedOn {
  private final JournalEntry entry;
  private final Map<String, JournalTable> carried = new LinkedHashMap<>();
  private final List<String> source = new ArrayList<>();
  private final List<String> target = new ArrayList<>();

  private MovedOn(JournalEntry entry, List<JournalTable> tables) {
    this.entry = entry;
    tables.forEach(t -> carried.put(t.source(), t));
  }

  /**
   * Looks for the import whose rows a schema holds; nothing where none is on record, or it was done
   * with other options, so that it carried other rows.
   *
   * @throws SQLException if the journal cannot be read
   */
  private static Optional<MovedOn> since(Database database, ImportOptions options)
      throws SQLException {
    String mode = options.intoExisting() ? "existing" : "create";
    try (Connection connection = database.connection()) {
      Optional<Journal> journal = Journal.find(connection);
      if (journal.isEmpty()) {
        return Optional.empty();
      }
      Optional<JournalEntry> latest =
          journal.get().entries().stream()
              .filter(e -> e.begun().target().equals(options.schema()) && isInPlace(e.state()))
              .findFirst()
              .filter(e -> e.begun().mode().equals(mode))
              .filter(e -> Identity.carriesNoOther(e.begun().options(), options));
      List<JournalTable> tables =
          latest.isPresent() ? journal.get().tables(latest.get().id()) : List.of();
      return latest.filter(e -> !tables.isEmpty()).map(e -> new MovedOn(e, tables));
    }
  }

  /**
   * Looks at all tables that were compared, if it is on record what an import has left there.
   *
   * @return nothing if it is not
   */
  static @Nullable Since ofAll(
      Database database, ImportOptions options, Sifted sifted, List<TableVerdict> verdicts) {
    try {
      Optional<MovedOn> found = since(database, options);
      if (found.isEmpty()) {
        return null;
      }
      Map<String, TableVerdict> compared =
          verdicts.stream().collect(Collectors.toMap(TableVerdict::table, v -> v));
      for (TableMapping table : sifted.mapping().tables()) {
        found.get().compare(table, compared.get(table.source()), sifted);
      }
      return found.get().result(sifted.mapping().leftOut());
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Reading the journal of imports");
    }
  }

  /** What was before is dropped then, and not what came in its place. */
  private static boolean isInPlace(JournalState state) {
    return state == JournalState.SWAPPED || state == JournalState.DISCARDED;
  }

  /**
   * Looks at what both sides hold of a table now.
   *
   * @param table the table
   * @param verdict what the comparison said; null where PostgreSQL has no such table, or another
   * @param sifted walks over the source's rows
   */
  private void compare(TableMapping table, @Nullable TableVerdict verdict, Sifted sifted) {
    JournalTable then = carried.remove(table.source());
    if (then == null) {
      source.add(table.source());
      return;
    }
    Checksum now =
        verdict == null ? Verifier.digest(table, sifted.rows(table)).checksum() : verdict.source();
    boolean same = isSame(then, now);
    if (!same) {
      source.add(table.source());
    }
    // The columns that the file has now are those it had then, so the other ones are PostgreSQL's.
    if (verdict == null ? same : !isSame(then, verdict.target())) {
      target.add(table.source());
    }
  }

  private static boolean isSame(JournalTable then, Checksum now) {
    return then.rows() == now.rows() && then.checksum().equals(now.hex());
  }

  /** Returns what was found; tables that were not looked at are gone, unless they are left out. */
  private Since result(List<LeftOut> leftOut) {
    leftOut.forEach(t -> carried.remove(t.name()));
    source.addAll(carried.keySet());
    return new Since(
        entry.id(),
        entry.begun().source(),
        Objects.requireNonNullElse(entry.ended(), entry.started()),
        source,
        target);
  }
}
