package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Statements;
import dev.outgrow.sql.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The rows of a dump: COPY with the rows behind it up to a line {@code \.}, and between them small
 * statements that set sequences and write large objects.
 */
final class DumpRows {
  private static final int PIECE = 1 << 16;
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final byte[] END = {'\\', '.', '\n'};

  private final Connection connection;
  private final InputStream in;
  private final Supervision supervision;
  private long sent;

  DumpRows(Connection connection, InputStream in, Supervision supervision) {
    this.connection = connection;
    this.in = in;
    this.supervision = supervision;
  }

  void run() throws SQLException, IOException {
    ByteArrayOutputStream pending = new ByteArrayOutputStream();
    while (line(pending)) {
      String text = pending.toString(StandardCharsets.UTF_8);
      List<Statement> statements = isWhole(text) ? Statements.of(text, Dialect.POSTGRESQL) : null;
      if (statements == null) {
        continue;
      }
      pending.reset();
      for (Statement statement : statements) {
        one(statement);
      }
    }
  }

  /** A name may hold the end of a line. */
  private static boolean isWhole(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.startsWith("--") || stripped.startsWith("\\")) {
      return true;
    }
    String unquoted = QUOTED.matcher(stripped).replaceAll("");
    return unquoted.endsWith(";") && unquoted.indexOf('"') < 0 && unquoted.indexOf('\'') < 0;
  }

  private void one(Statement statement) throws SQLException, IOException {
    String sql = statement.text();
    if (sql.startsWith("COPY ") && sql.endsWith(" FROM stdin")) {
      copy(sql);
    } else if (!sql.startsWith("\\")
        && !DumpScript.isOurs(statement)
        && !sql.equals("BEGIN") // around large objects; this is one transaction
        && !sql.equals("COMMIT")) {
      supervision.tell(new BackupProgress(Phase.LOAD, "", 0, sent));
      PostgresCatalogue.execute(connection, sql);
    }
  }

  private void copy(String sql) throws SQLException, IOException {
    String table = sql.substring("COPY ".length(), sql.indexOf(" FROM stdin")).split(" \\(", 2)[0];
    supervision.tell(new BackupProgress(Phase.LOAD, table, 0, sent));
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      long rows = rows(copy, table);
      copy.endCopy();
      supervision.tell(new BackupProgress(Phase.LOAD, table, rows, sent));
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Sends the lines as they are, in pieces; a row of any length takes no more memory. */
  private long rows(CopyIn copy, String table) throws SQLException, IOException {
    byte[] piece = new byte[PIECE];
    int filled = 0;
    int begin = 0; // of the line, if it is in this piece
    boolean fromBegin = true;
    long rows = 0;
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("it ends within the rows of " + table);
      }
      piece[filled++] = (byte) next;
      if (next == '\n') {
        if (fromBegin && isEnd(piece, begin, filled)) {
          send(copy, piece, begin);
          return rows;
        }
        rows++;
        begin = filled;
        fromBegin = true;
      }
      if (filled == PIECE) {
        int keep = fromBegin && filled - begin < END.length ? filled - begin : 0;
        send(copy, piece, filled - keep);
        supervision.tell(new BackupProgress(Phase.LOAD, table, rows, sent));
        System.arraycopy(piece, filled - keep, piece, 0, keep);
        filled = keep;
        begin = 0;
        fromBegin = (fromBegin && keep > 0) || next == '\n';
      }
    }
  }

  private static boolean isEnd(byte[] piece, int begin, int filled) {
    return filled - begin == END.length && piece[begin] == END[0] && piece[begin + 1] == END[1];
  }

  private void send(CopyIn copy, byte[] piece, int length) throws SQLException {
    if (length > 0) {
      copy.writeToCopy(piece, 0, length);
      sent += length;
    }
  }

  private boolean line(ByteArrayOutputStream to) throws IOException {
    int next = in.read();
    if (next < 0) {
      if (to.size() > 0) {
        throw new EOFException("it ends within a statement");
      }
      return false;
    }
    while (next >= 0) {
      to.write(next);
      if (next == '\n') {
        return true;
      }
      next = in.read();
    }
    return true;
  }
}
