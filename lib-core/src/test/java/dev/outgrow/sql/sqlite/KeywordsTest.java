package dev.outgrow.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each keyword of SQLite at each place of a name: we take it exactly where SQLite does. */
class KeywordsTest {
  static final List<String> KEYWORDS =
      List.of(
          """
          ABORT ACTION ADD AFTER ALL ALTER ALWAYS ANALYZE AND AS ASC ATTACH AUTOINCREMENT BEFORE
          BEGIN BETWEEN BY CASCADE CASE CAST CHECK COLLATE COLUMN COMMIT CONFLICT CONSTRAINT CREATE
          CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DATABASE DEFAULT DEFERRABLE
          DEFERRED DELETE DESC DETACH DISTINCT DO DROP EACH ELSE END ESCAPE EXCEPT EXCLUDE EXCLUSIVE
          EXISTS EXPLAIN FAIL FILTER FIRST FOLLOWING FOR FOREIGN FROM FULL GENERATED GLOB GROUP
          GROUPS HAVING IF IGNORE IMMEDIATE IN INDEX INDEXED INITIALLY INNER INSERT INSTEAD
          INTERSECT INTO IS ISNULL JOIN KEY LAST LEFT LIKE LIMIT MATCH MATERIALIZED NATURAL NO NOT
          NOTHING NOTNULL NULL NULLS OF OFFSET ON OR ORDER OTHERS OUTER OVER PARTITION PLAN PRAGMA
          PRECEDING PRIMARY QUERY RAISE RANGE RECURSIVE REFERENCES REGEXP REINDEX RELEASE RENAME
          REPLACE RESTRICT RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT SELECT SET STORED STRICT
          TABLE TEMP TEMPORARY THEN TIES TO TRANSACTION TRIGGER TRUE UNBOUNDED UNION UNIQUE UPDATE
          USING VACUUM VALUES VIEW VIRTUAL WHEN WHERE WINDOW WITH WITHIN WITHOUT
          """
              .strip()
              .split("\\s+"));

  private final Connection connection;

  KeywordsTest() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @FieldSource("KEYWORDS")
  void isANameExactlyWhereSqliteTakesIt(String word) throws SQLException {
    // Behind TABLE, SQLite expects more after IF; but of main.IF it keeps what it could not read.
    if (!word.equals("IF")) {
      check("CREATE TABLE " + word + "(a)");
    }
    check("CREATE TABLE t(" + word + ")");
    check("CREATE TABLE t(" + word + " INT PRIMARY KEY)");
    check("CREATE TABLE t(a, " + word + " INT, " + word + "2 TEXT)");
    check("CREATE TABLE t(a CONSTRAINT " + word + " NOT NULL)");
    check("CREATE TABLE t(a REFERENCES " + word + ")");
    check("CREATE TABLE t(a REFERENCES p(" + word + "))");
    check("CREATE TABLE t(a INT, CONSTRAINT " + word + " UNIQUE(a))");
    check("CREATE TABLE t(a REFERENCES p MATCH " + word + ")");
  }

  @ParameterizedTest
  @FieldSource("KEYWORDS")
  void isAWordOfATypeExactlyWhereSqliteTakesIt(String word) throws SQLException {
    check("CREATE TABLE t(a " + word + ")");
    check("CREATE TABLE t(a INT " + word + ", b)");
    check("CREATE TABLE t(a " + word + " INT(1))");
    check("CREATE TABLE t(a " + word + " NOT NULL)");
    check("CREATE TABLE t(a INT UNIQUE " + word + ")");
  }

  @ParameterizedTest
  @FieldSource("KEYWORDS")
  void isADefaultExactlyWhereSqliteTakesIt(String word) throws SQLException {
    Optional<TableDefinition> table = check("CREATE TABLE t(a DEFAULT " + word + ", b)");
    if (table.isPresent() && !word.startsWith("CURRENT_")) {
      DefaultValue value = Objects.requireNonNull(table.get().columns().get(0).defaultValue());
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE t(a DEFAULT " + word + ", b)");
        statement.execute("INSERT INTO t(b) VALUES (1)");
        try (ResultSet rows =
            statement.executeQuery("SELECT a IS (" + value.expression() + ") FROM t")) {
          assertThat(rows.getBoolean(1)).as(value.expression()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("KEYWORDS")
  void isAPartOfAnIndexExactlyWhereSqliteTakesIt(String word) throws SQLException {
    String sql = "CREATE INDEX i ON t(" + word + " DESC)";
    boolean taken = false;
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(\"" + word + "\")");
      statement.execute(sql);
      taken = true;
    } catch (SQLException e) {
      assertThat(e.getMessage())
          .containsAnyOf("syntax error", "non-deterministic", "no such column");
    }
    Optional<IndexDefinition> index = IndexDefinition.parse(sql).value();
    // An index on an expression that SQLite refuses is never kept, so that we may take it.
    if (taken && !word.equals("NULL")) {
      assertThat(index).isPresent();
      assertThat(index.get().index().parts().get(0).column()).isEqualTo(word);
      assertThat(index.get().index().parts().get(0).descending()).isTrue();
    }
  }

  /** Returns what we read, having checked that SQLite takes the statement exactly if we do. */
  private Optional<TableDefinition> check(String sql) throws SQLException {
    Parsed<TableDefinition> parsed = TableDefinition.parse(sql);
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      try {
        statement.execute(sql);
        assertThat(parsed).as(sql).isInstanceOf(Parsed.Read.class);
        SqliteOracle.check(connection, parsed.value().orElseThrow());
      } catch (SQLException e) {
        if (String.valueOf(e.getMessage()).contains("syntax error")) {
          assertThat(parsed).as(sql).isInstanceOf(Parsed.Unreadable.class);
        }
      } finally {
        statement.execute("ROLLBACK");
      }
    }
    return parsed.value();
  }
}
