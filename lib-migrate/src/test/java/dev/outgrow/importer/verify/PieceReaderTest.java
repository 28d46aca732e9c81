package dev.outgrow.importer.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.StatementException;
import dev.outgrow.importer.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Pieces of large cells come ahead of their row, in order, or they are refused. */
class PieceReaderTest {
  private static final String ROW = "(%d, NULL, -1, -1, -1, NULL)";

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  @BeforeAll
  static void start() {
    server = TestDatabase.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String piece(int column, int number, int bytes, String piece) {
    return "(NULL, NULL, " + column + ", " + number + ", " + bytes + ", '" + piece + "')";
  }

  private static String row(int id) {
    return ROW.formatted(id);
  }

  /** Returns the ids of the rows, each with the lengths of its large cells. */
  private static List<String> read(String... rows) throws SQLException {
    String sql =
        "COPY (SELECT id::bigint, b::text, c, n, l, p::bytea FROM (VALUES (0, 'x', 0, 0, 0, 'p'), "
            + String.join(", ", rows)
            + ") AS v(id, b, c, n, l, p) OFFSET 1) TO STDOUT (FORMAT binary)";
    try (Connection connection = server.connection()) {
      CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
      try {
        return read(copy);
      } finally {
        while (copy.isActive()) {
          copy.readFromCopy();
        }
      }
    }
  }

  private static List<String> read(CopyOut copy) throws SQLException {
    CopyReader reader = new CopyReader(copy, 6);
    PieceReader pieces = new PieceReader(reader, 2);
    List<String> found = new ArrayList<>();
    while (pieces.next()) {
      found.add(reader.int64(0) + " " + length(pieces, 0) + " " + length(pieces, 1));
    }
    return found;
  }

  private static long length(PieceReader pieces, int column) {
    Content content = pieces.content(column);
    return content == null ? -1 : content.length();
  }

  private static void assertRefused(String reason, String... rows) {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(() -> read(rows))
        .withMessageContaining(reason);
  }

  @Test
  void eachRowHasItsOwnLargeCells() throws SQLException {
    assertThat(
            read(
                row(1),
                piece(0, 0, 3, "abc"),
                piece(1, 0, 5, "abc"),
                piece(1, 1, 5, "de"),
                row(2),
                row(3),
                piece(1, 0, 1, "x"),
                row(4)))
        .containsExactly("1 -1 -1", "2 3 5", "3 -1 -1", "4 -1 1");
  }

  @Test
  void whatComesInAnotherOrderIsRefused() {
    assertRefused("in another order", piece(1, 1, 4, "cd"), piece(1, 0, 4, "ab"), row(1));
    assertRefused("in another order", piece(1, 0, 4, "ab"), piece(1, 2, 4, "cd"), row(1));
    assertRefused("in another order", piece(1, 0, 2, "ab"), piece(0, 0, 2, "cd"), row(1));
    assertRefused("in another order", piece(1, 0, 4, "ab"), piece(1, 1, 5, "cd"), row(1));
    assertRefused("in another order", piece(2, 0, 2, "ab"), row(1));
  }

  @Test
  void whatIsMissingIsNoticed() {
    assertRefused("not all pieces", piece(0, 0, 4, "ab"), row(1));
    assertRefused("not all pieces", piece(0, 0, 4, "ab"), piece(1, 0, 2, "ab"), row(1));
    assertRefused("without their row", row(1), piece(0, 0, 2, "ab"));
  }
}
