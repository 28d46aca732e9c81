package dev.outgrow.importer.postgres;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.journal.Journal;
import dev.outgrow.importer.journal.JournalEntry;
import dev.outgrow.importer.plan.ImportNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What an import has staged that is under way, or that ended before it could take it away.
 *
 * <p><em>Immutable.</em>
 *
 * @param staging its staging schema
 * @param target the schema it was to go into; empty if nothing tells
 * @param there whether the staging schema is there
 * @param held whether some session has the claim on the target, so that the import may be under way
 * @param entry what the journal knows of it
 * @since 0.1
 */
public record LeftOver(
    String staging, String target, boolean there, boolean held, Optional<JournalEntry> entry) {

  /** Finds everything that imports have staged in a database and not taken away. */
  public static List<LeftOver> in(Database database) {
    try (Connection connection = database.connection()) {
      return LeftOvers.find(connection, Journal.find(connection));
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Looking for what imports have left behind");
    }
  }

  /** Returns what the rejects of the import are called, which never came to be in their place. */
  public String rejects() {
    return ImportNames.of(target, id()).rejects();
  }

  /** Returns what sets the import apart from every other. */
  public String id() {
    return entry.map(JournalEntry::id).orElse(staging.substring(LeftOvers.STAGING.length()));
  }
}
