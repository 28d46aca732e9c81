package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.Verifier;
import java.sql.SQLException;
import java.util.Optional;

/** Asks a view for its rows, for at most ten seconds. */
final class ViewAnswer {
  private static final String TIMED_OUT = "57014";

  private ViewAnswer() {}

  static Optional<Checksum> of(ImportSession session, String schema, TableMapping view) {
    try {
      return Optional.of(
          session.inTransaction(
              () -> {
                session.run("SET LOCAL statement_timeout = '10s'");
                return new Verifier(session.connection(), schema).answer(view);
              }));
    } catch (SQLException e) {
      if (TIMED_OUT.equals(e.getSQLState())) {
        return Optional.empty();
      }
      throw SqlFailures.translate(e, "Reading back view " + view.source());
    }
  }
}
