package dev.outgrow.importer.journal;

import dev.outgrow.sql.Dialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The journal of all imports into a database: one row for each in schema {@code outgrow}, which is
 * made by the first import that needs it, and one for each table that was loaded.
 *
 * <p>Everything is written on the caller's connection, in its transaction if it is in one, so that
 * what the journal says is committed together with what it speaks of. A user who may neither make
 * the schema nor write to it imports without a journal. It keeps the last 50 imports of which
 * nothing can be brought back any more, and all others. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Journal {
  /** The schema of the journal, into which nothing can be imported. */
  public static final String SCHEMA = "outgrow";

  private static final int KEPT = 50;
  private static final int HASH_BYTES = 16;

  private static final String PROGRAM =
      "pg_catalog.current_setting('application_name') || ' of user ' || session_user || ', from '"
          + " || coalesce(pg_catalog.host(pg_catalog.inet_client_addr()), 'this machine')"
          + " || ', process ' || ?";

  private static final String ENTRIES =
      "SELECT id, target, staging, before, rejects, mode, source, fingerprint, options, plan,"
          + " state, note, program, started, ended, swapped FROM outgrow.import_journal";

  private static final String PRUNE =
      """
      WITH gone AS (
      DELETE FROM outgrow.import_journal WHERE id IN (
        SELECT id FROM outgrow.import_journal j
         WHERE state IN ('FAILED', 'UNDONE', 'DISCARDED')
            OR state = 'SWAPPED'
               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace n WHERE n.nspname = j.before)
               AND EXISTS (SELECT 1 FROM outgrow.import_journal l
                            WHERE l.target = j.target AND l.state = 'SWAPPED' AND l.ended > j.ended)
         ORDER BY started DESC OFFSET ?)
      RETURNING id),
      tables AS (DELETE FROM outgrow.import_journal_table WHERE import IN (SELECT id FROM gone))
      DELETE FROM outgrow.import_journal_step WHERE import IN (SELECT id FROM gone)
      """;

  private final Connection connection;

  private Journal(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens the journal, and makes it where there is none.
   *
   * @param connection a connection in no transaction, which stays the caller's
   * @return nothing if this user may not make it or write to it, or if schema {@code outgrow} holds
   *     something else under its names
   */
  public static Optional<Journal> open(Connection connection) throws SQLException {
    JournalTables.Found found = JournalTables.find(connection);
    if (found == JournalTables.Found.MISSING) {
      found = JournalTables.make(connection);
    }
    return of(connection, found);
  }

  /** Opens the journal as {@link #open} does, but makes nothing. */
  public static Optional<Journal> find(Connection connection) throws SQLException {
    return of(connection, JournalTables.find(connection));
  }

  private static Optional<Journal> of(Connection connection, JournalTables.Found found) {
    return found == JournalTables.Found.USABLE
        ? Optional.of(new Journal(connection))
        : Optional.empty();
  }

  /** Returns what stands for a text in the journal: 128 bits of its SHA-256, in hexadecimal. */
  public static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Writes that an import begins, and who does it. */
  public void begin(JournalImport begun) throws SQLException {
    update(
        "INSERT INTO outgrow.import_journal (id, target, staging, before, rejects, mode, source,"
            + " fingerprint, options, state, program) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, 'LOADING', "
            + PROGRAM,
        begun.id(),
        begun.target(),
        begun.staging(),
        begun.before(),
        begun.rejects(),
        begun.mode(),
        begun.source(),
        begun.fingerprint(),
        begun.options(),
        Long.toString(ProcessHandle.current().pid()));
    update(PRUNE, KEPT);
  }

  /** Writes that a later run goes on with an import, and who does it. */
  public void goOn(String id) throws SQLException {
    update(
        "UPDATE outgrow.import_journal SET state = 'LOADING', note = '', ended = NULL, program = "
            + PROGRAM
            + " WHERE id = ?",
        Long.toString(ProcessHandle.current().pid()),
        id);
  }

  /** Writes what an import is about to do. */
  public void plan(String id, String hash) throws SQLException {
    update("UPDATE outgrow.import_journal SET plan = ? WHERE id = ?", hash, id);
  }

  /** Writes that a table is loaded; in the transaction that loads it. */
  public void loaded(String id, JournalTable table) throws SQLException {
    List<JournalTable.Reason> reasons = table.reasons();
    update(
        "INSERT INTO outgrow.import_journal_table (import, source, target, definition, choice,"
            + " row_count, byte_count, checksum, plain, reasons) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
            + " ?)",
        id,
        table.source(),
        table.target(),
        table.definition(),
        table.choice(),
        table.rows(),
        table.bytes(),
        table.checksum(),
        texts(table.plain().stream()),
        texts(reasons.stream().flatMap(r -> Stream.of(r.name(), r.why()))));
  }

  /** Writes that a table is not loaded any more; in the transaction that drops it. */
  public void dropped(String id, String source) throws SQLException {
    update("DELETE FROM outgrow.import_journal_table WHERE import = ? AND source = ?", id, source);
  }

  /** Writes that nothing is staged any more; in the transaction that drops the staging schema. */
  public void dropped(String id) throws SQLException {
    update("DELETE FROM outgrow.import_journal_table WHERE import = ?", id);
    update("DELETE FROM outgrow.import_journal_step WHERE import = ?", id);
  }

  /** Writes that a step behind the rows is done; in the transaction that does it. */
  public void did(String id, String step) throws SQLException {
    update("INSERT INTO outgrow.import_journal_step VALUES (?, ?)", id, step);
  }

  /** Returns what {@link #did} does as a statement, to be sent together with those of the steps. */
  public String didSql(String id, List<String> steps) {
    String known = Dialect.POSTGRESQL.literal(id);
    return steps.stream()
        .map(step -> "(" + known + ", " + Dialect.POSTGRESQL.literal(step) + ")")
        .collect(Collectors.joining(", ", "INSERT INTO outgrow.import_journal_step VALUES ", ""));
  }

  /** Writes that every table was read back and found equal. */
  public void verified(String id) throws SQLException {
    update("UPDATE outgrow.import_journal_table SET verified = true WHERE import = ?", id);
  }

  /** Writes in which state an import is now, and why. */
  public void state(String id, JournalState state, String note) throws SQLException {
    update(
        "UPDATE outgrow.import_journal SET state = ?, note = ?,"
            + " ended = CASE WHEN ? THEN pg_catalog.clock_timestamp() END WHERE id = ?",
        state.name(),
        note,
        state.hasEnded(),
        id);
  }

  /**
   * Writes that an import is in the target's place; in the transaction of the swap.
   *
   * @param id the import
   * @param json what was moved aside and in, as JSON
   */
  public void swapped(String id, String json) throws SQLException {
    state(id, JournalState.SWAPPED, "");
    update(
        "UPDATE outgrow.import_journal SET swapped = CAST(? AS pg_catalog.json) WHERE id = ?",
        json,
        id);
  }

  /**
   * Takes the journal away again if it holds nothing but an import that has left nothing. On a
   * connection in no transaction.
   */
  public void dropUnlessNeeded(String id) throws SQLException {
    JournalTables.dropUnless(connection, id);
  }

  /** Returns what is known of all imports, the latest first. */
  public List<JournalEntry> entries() throws SQLException {
    return read(ENTRIES + " ORDER BY started DESC, id DESC", Journal::entry);
  }

  /** Returns what is known of an import, if anything is. */
  public Optional<JournalEntry> entry(String id) throws SQLException {
    return read(ENTRIES + " WHERE id = ?", Journal::entry, id).stream().findFirst();
  }

  /** Returns the tables of an import that are loaded. */
  public List<JournalTable> tables(String id) throws SQLException {
    return read(
        "SELECT source, target, definition, choice, row_count, byte_count, checksum, plain,"
            + " reasons, verified FROM outgrow.import_journal_table WHERE import = ? ORDER BY"
            + " loaded, source",
        Journal::table,
        id);
  }

  /** Returns the steps behind the rows that are done. */
  public Set<String> steps(String id) throws SQLException {
    return new HashSet<>(
        read(
            "SELECT step FROM outgrow.import_journal_step WHERE import = ?",
            row -> row.getString(1),
            id));
  }

  private static JournalEntry entry(ResultSet row) throws SQLException {
    OffsetDateTime ended = row.getObject("ended", OffsetDateTime.class);
    return new JournalEntry(
        new JournalImport(
            row.getString("id"),
            row.getString("target"),
            row.getString("staging"),
            row.getString("before"),
            row.getString("rejects"),
            row.getString("mode"),
            row.getString("source"),
            row.getString("fingerprint"),
            row.getString("options")),
        row.getString("plan"),
        JournalState.valueOf(row.getString("state")),
        row.getString("note"),
        row.getString("program"),
        row.getObject("started", OffsetDateTime.class).toInstant(),
        ended == null ? null : ended.toInstant(),
        row.getString("swapped"));
  }

  private static JournalTable table(ResultSet row) throws SQLException {
    String[] reasons = (String[]) row.getArray("reasons").getArray();
    List<JournalTable.Reason> pairs = new ArrayList<>();
    for (int i = 0; i < reasons.length; i += 2) {
      pairs.add(new JournalTable.Reason(reasons[i], reasons[i + 1]));
    }
    return new JournalTable(
        row.getString("source"),
        row.getString("target"),
        row.getString("definition"),
        row.getString("choice"),
        row.getLong("row_count"),
        row.getLong("byte_count"),
        row.getString("checksum"),
        List.of((String[]) row.getArray("plain").getArray()),
        pairs,
        row.getBoolean("verified"));
  }

  private Array texts(Stream<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }

  private void update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      statement.executeUpdate();
    }
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> read(String sql, Reading<T> reading, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reading.of(rows));
      }
      return found;
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
