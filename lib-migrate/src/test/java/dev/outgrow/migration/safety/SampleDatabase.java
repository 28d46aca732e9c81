package dev.outgrow.migration.safety;

import dev.outgrow.database.Backend;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.sql.Dialect;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database with a table that is big, one that is small and one that is empty. */
final class SampleDatabase implements AutoCloseable {
  static final Safety SAFETY = Safety.warn().bigFrom(50);

  private static final List<String> SHARED =
      List.of(
          "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(20))",
          "INSERT INTO users VALUES (1, 'anna'), (2, 'ben'), (3, 'anna')",
          "CREATE TABLE bare (id INTEGER PRIMARY KEY, name VARCHAR(20), user_id INTEGER)");
  private static final List<String> POSTGRES =
      List.of(
          "CREATE TABLE plays (id integer PRIMARY KEY, user_id integer, title varchar(20),"
              + " body text, price numeric(10, 2), started timestamp, mood integer NOT NULL DEFAULT 1,"
              + " safe integer, CONSTRAINT ck_safe CHECK (safe IS NOT NULL))",
          "CREATE INDEX ix_plays_title ON plays (title)",
          "INSERT INTO plays SELECT i, CASE WHEN i % 20 = 0 THEN 900 + i ELSE 1 + i % 3 END,"
              + " 't' || i % 55, CASE WHEN i > 2 THEN 'b' END, i, now(), 1, 1 FROM generate_series(1, 60) i",
          "ANALYZE plays",
          "CREATE TABLE other (id integer PRIMARY KEY, body text)",
          "INSERT INTO other SELECT i, 'x' FROM generate_series(1, 60) i",
          "CREATE TABLE days (day date NOT NULL, n integer) PARTITION BY RANGE (day)",
          "CREATE TABLE days_2025 PARTITION OF days FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
          "INSERT INTO days SELECT date '2025-01-01' + i, i FROM generate_series(1, 60) i",
          "CREATE TABLE days_2026 (day date NOT NULL, n integer)",
          "INSERT INTO days_2026 SELECT date '2026-01-01' + i, i FROM generate_series(1, 60) i",
          "CREATE TABLE days_2027 (day date NOT NULL CHECK (day >= '2027-01-01' AND day < '2028-01-01'), n integer)",
          "INSERT INTO days_2027 SELECT date '2027-01-01' + i, i FROM generate_series(1, 60) i",
          "CREATE TYPE mood AS ENUM ('good', 'bad')");
  private static final List<String> SQLITE =
      List.of(
          "CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER, title TEXT, body TEXT)",
          "INSERT INTO plays SELECT value, CASE WHEN value % 20 = 0 THEN 900 + value ELSE 1 + value % 3 END,"
              + " 't' || value % 55, CASE WHEN value > 2 THEN 'b' END FROM"
              + " (WITH RECURSIVE s(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM s WHERE value < 60)"
              + " SELECT value FROM s)");

  private final MigrationDatabase database;

  SampleDatabase(Backend backend, Path folder) throws SQLException {
    database = MigrationDatabase.create(backend, folder);
    database.execute(SHARED.toArray(new String[0]));
    database.execute((backend == Backend.POSTGRESQL ? POSTGRES : SQLITE).toArray(new String[0]));
  }

  MigrationDatabase database() {
    return database;
  }

  Preflight review(String... scripts) {
    return review(SAFETY, null, scripts);
  }

  Preflight review(Safety safety, @Nullable String settings, String... scripts) {
    int[] number = {0};
    List<PendingScript> pending =
        java.util.stream.Stream.of(scripts)
            .map(sql -> new PendingScript("core", "V" + ++number[0] + "__s.sql", sql, settings))
            .toList();
    return Review.of(database.database(), safety, pending);
  }

  /** Returns the statements of a safe way. */
  static List<String> steps(SafetyFinding finding) {
    return dev.outgrow.migration.statement.Statements.of(finding.safeWay(), Dialect.POSTGRESQL)
        .stream()
        .map(dev.outgrow.migration.statement.Statement::text)
        .toList();
  }

  @Override
  public void close() {
    database.close();
  }
}
