package dev.outgrow.exporter;

import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableDigest;
import dev.outgrow.importer.verify.Verifier;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes the tables of a file, fills them, and compares them. <em>Not thread-safe.</em> */
final class Tables {
  private final DraftFile draft;
  private final Path file;
  private final PgSnapshot snapshot;
  private final FileSchema wanted;
  private final Findings findings;
  private final Pace pace;
  private final Halt halt;
  private final Map<String, TableFacts> facts = new HashMap<>();
  private final Set<String> large = new HashSet<>();
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final ServerSide server;

  Tables(
      DraftFile draft,
      PgSnapshot snapshot,
      FileSchema wanted,
      Findings findings,
      Pace pace,
      Halt halt) {
    this.draft = draft;
    this.file = draft.path();
    this.snapshot = snapshot;
    this.wanted = wanted;
    this.findings = findings;
    this.pace = pace;
    this.halt = halt;
    this.server = new ServerSide(snapshot, large, halt);
  }

  /** Does all of it. */
  ExportReport carry(String source, Path target) throws SQLException, IOException {
    for (ExportTable table : wanted.carried()) {
      if (LargeRows.has(snapshot, table)) {
        large.add(table.source());
      }
    }
    try (server) {
      pace.enter(Phase.LOAD);
      append(insertOrKeep());
      pace.leave();
      Map<String, Proof> proofs = proofs();
      server.begin(proofs);
      pace.enter(Phase.INDEX);
      finish();
      pace.leave();
      pace.enter(Phase.VERIFY);
      draft.beginSync();
      List<TableReport> reports = new ArrayList<>();
      List<Difference> differences = new ArrayList<>();
      try (SqliteCheck check = SqliteCheck.begin(file, halt);
          FileSide written = FileSide.open(file, halt)) {
        for (ExportTable table : wanted.carried()) {
          reports.add(verify(table, proof(proofs, table), written, differences));
        }
        check.end(findings);
      }
      pace.leave();
      return new ExportReport(
          source,
          target.toString(),
          "",
          reports,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          differences,
          0);
    }
  }

  private Map<String, Proof> proofs() {
    Map<String, Proof> proofs = new LinkedHashMap<>();
    for (ExportTable table : wanted.carried()) {
      proofs.put(table.source(), new Proof(table, loaded(table).odd()));
    }
    return proofs;
  }

  private static Proof proof(Map<String, Proof> proofs, ExportTable table) {
    return Objects.requireNonNull(proofs.get(table.source()));
  }

  /** Makes all tables, and fills those that SQLite has to fill; returns the names of the others. */
  private Set<String> insertOrKeep() throws SQLException, IOException {
    Set<String> paged = new HashSet<>();
    try (SqliteDraft sqlite = SqliteDraft.open(file, halt)) {
      sqlite.run("PRAGMA user_version = 0"); // so that there is a first page, whatever follows
      sqlite.run(wanted.tables().toArray(new String[0]));
      boolean pages = SqliteDraft.pageSize(file) > 0;
      for (ExportTable table : wanted.carried()) {
        TableFacts known = TableFacts.of(sqlite, table.source());
        facts.put(table.source(), known);
        if (pages && known.takesPages(table)) {
          paged.add(table.source());
        } else {
          pace.begin(table.source());
          loaded.put(
              table.source(),
              end(load(table, "", new InsertRowWriter(sqlite, table)).orElseThrow()));
        }
      }
    }
    return paged;
  }

  private void append(Set<String> paged) throws SQLException, IOException {
    if (paged.isEmpty()) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      PageAppender pages = new PageAppender(channel, SqliteDraft.pageSize(file));
      for (ExportTable table : wanted.carried()) {
        if (paged.contains(table.source())) {
          pace.begin(table.source());
          loaded.put(table.source(), end(append(table, known(table), pages)));
        }
      }
      pages.finish();
    }
  }

  /**
   * The server sends rows as they lie in less than half the time that an index's order takes it.
   */
  private Loaded append(ExportTable table, TableFacts known, PageAppender pages)
      throws SQLException, IOException {
    if (known.rowid().isEmpty()) {
      return load(table, "", new PageRowWriter(known, pages, false)).orElseThrow();
    }
    String id = rowidColumn(table, known);
    if (!large.contains(table.source()) && snapshot.liesInOrder(table, id)) {
      PageAppender.Mark before = pages.mark();
      Optional<Loaded> done = load(table, "", new PageRowWriter(known, pages, true));
      if (done.isPresent()) {
        return done.get();
      }
      pages.back(before);
      pace.noted(
          "Table "
              + table.source()
              + " is read again, in the order of its key: its rows do not lie in it, as statistics said.");
    }
    String order = " ORDER BY " + Dialect.POSTGRESQL.quote(id);
    return load(table, order, new PageRowWriter(known, pages, false)).orElseThrow();
  }

  private static String rowidColumn(ExportTable table, TableFacts known) {
    return table.columns().stream()
        .filter(c -> c.source().equals(known.rowid()))
        .map(ExportColumn::target)
        .findFirst()
        .orElseThrow();
  }

  private TableFacts known(ExportTable table) {
    TableFacts known = facts.get(table.source());
    if (known == null) {
      throw new IllegalStateException("Table " + table.source() + " was never made");
    }
    return known;
  }

  private Optional<Loaded> load(ExportTable table, String order, RowWriter writer)
      throws SQLException, IOException {
    Loading loading = new Loading(table, snapshot, writer, pace);
    if (large.contains(table.source())) {
      return loading.runLarge(order);
    }
    try (Witness witness = server.witness(table)) {
      Optional<Loaded> done = loading.run(order, witness);
      if (done.isPresent() && done.get().odd().isEmpty()) {
        server.keep(table.source(), witness.end());
      }
      return done;
    }
  }

  private Loaded end(Loaded done) {
    return done.took(pace.end(done.rows(), done.bytes()));
  }

  private void finish() throws SQLException {
    try (SqliteDraft sqlite = SqliteDraft.open(file, halt)) {
      sqlite.run("BEGIN");
      for (ExportTable table : wanted.carried()) {
        TableFacts known = known(table);
        String name = Dialect.SQLITE.quote(known.name());
        if (known.indexed() && known.plain()) {
          sqlite.run("REINDEX main." + name);
        }
        if (known.counting()) {
          count(sqlite, table, known);
        }
      }
      sqlite.run(wanted.finish().toArray(new String[0]));
      sqlite.run(wanted.settings().toArray(new String[0]));
      sqlite.run("COMMIT");
    }
  }

  /** What a sequence has given out is not given again, even where the rows are gone. */
  private void count(SqliteDraft sqlite, ExportTable table, TableFacts known) throws SQLException {
    String id = rowidColumn(table, known);
    String quoted = Dialect.POSTGRESQL.literal(table.relation().replaceFirst("^ONLY ", ""));
    String sequence =
        snapshot.text(
            "SELECT pg_catalog.pg_get_serial_sequence("
                + quoted
                + ", "
                + Dialect.POSTGRESQL.literal(id)
                + ")");
    long given =
        sequence.equals("null")
            ? 0
            : snapshot.number(
                "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM " + sequence);
    String column = Dialect.POSTGRESQL.quote(id);
    long largest = snapshot.number("SELECT max(" + column + ") FROM " + table.relation());
    String name = Dialect.SQLITE.literal(known.name());
    sqlite.run("DELETE FROM sqlite_sequence WHERE name = " + name);
    if (Math.max(given, largest) > 0) {
      sqlite.run(
          "INSERT INTO sqlite_sequence(name, seq) VALUES ("
              + name
              + ", "
              + Math.max(given, largest)
              + ")");
    }
  }

  private TableReport verify(
      ExportTable table, Proof proof, FileSide written, List<Difference> differences)
      throws SQLException {
    pace.begin(table.source());
    Loaded done = loaded(table);
    if (large.contains(table.source())) {
      proof.measure(written.source(), halt);
    }
    TableDigest digest = written.digest(proof, done.rows());
    Checksum here = digest.checksum();
    Checksum there = server.checksum(table.source());
    boolean equal = here.equals(there) && here.rows() == done.rows();
    if (!equal) {
      List<Difference> found =
          new Verifier(snapshot.connection(), snapshot.schemaName())
              .verify(
                  proof.mapping(),
                  proof.relation(),
                  digest,
                  () -> proof.rows(written.source()),
                  n -> halt.check())
              .differences();
      if (found.isEmpty()) {
        throw CopyRows.broken(
            "other rows of " + table.source() + " than when they were read again");
      }
      differences.addAll(found);
    }
    say(table, done);
    long millis = done.millis() + pace.end(done.rows(), done.bytes());
    return new TableReport(
        table.source(),
        done.rows(),
        equal ? here.rows() : 0,
        0,
        done.bytes(),
        millis,
        here.hex(),
        equal);
  }

  private void say(ExportTable table, Loaded done) {
    for (int position : done.odd()) {
      ExportColumn column = table.columns().get(position);
      findings.changed(
          table.source(),
          column.source(),
          column.type().sql(),
          "text in some rows",
          "SQLite has no number or moment for NaN, infinity, years before 1 or after 9999, or 24:00");
    }
  }

  private Loaded loaded(ExportTable table) {
    Loaded done = loaded.get(table.source());
    if (done == null) {
      throw new IllegalStateException("Table " + table.source() + " was never loaded");
    }
    return done;
  }
}
