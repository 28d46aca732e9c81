package dev.outgrow.benchmarks.importing;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.SqliteImport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** The rows of a dataset as PostgreSQL itself encodes them: nobody can send them any faster. */
final class Encoded {
  private static final String DATABASE = "encoded";

  private Encoded() {}

  /** Writes the files that are not there, from tables that are gone afterwards. */
  static void make(DurableServer server, Place place) throws IOException, SQLException {
    if (place.shapes().stream().allMatch(s -> Files.exists(place.encoded(s)))) {
      return;
    }
    server.renew(DATABASE);
    try (Database database = Database.open(DatabaseUrl.parse(server.url(DATABASE)))) {
      SqliteImport.from(place.file()).into(database).run();
    }
    try (Connection connection = server.connect(DATABASE)) {
      for (Shape shape : place.shapes()) {
        write(connection.unwrap(PGConnection.class), shape, place.encoded(shape));
      }
    }
    server.drop(DATABASE);
  }

  private static void write(PGConnection connection, Shape shape, Path file)
      throws IOException, SQLException {
    try (OutputStream out = Files.newOutputStream(file)) {
      connection
          .getCopyAPI()
          .copyOut(
              "COPY (SELECT %s FROM %s) TO STDOUT (FORMAT binary)"
                  .formatted(shape.selectList(), shape.name()),
              out);
    }
  }
}
