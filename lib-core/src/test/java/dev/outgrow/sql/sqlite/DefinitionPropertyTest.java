package dev.outgrow.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;

class DefinitionPropertyTest {
  private static final List<String> BLANKS =
      List.of(" ", "\n", "\t\f", "/* ( */", "-- '\n", " /**/ ");
  private static final List<String> STRAY =
      List.of("(", ")", ",", "NOT", "NULL", "CONSTRAINT", "a", "UNIQUE", "DESC", "'b'", "1", ".");

  private final Connection connection;

  DefinitionPropertyTest() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  @AfterProperty
  void close() throws SQLException {
    connection.close();
  }

  /** A table that SQLite has made is read as it was meant, and as SQLite itself reports it. */
  @Property(tries = 2000)
  void readsWhatSqliteKeepsOfATable(@ForAll long seed) throws SQLException {
    Random random = new Random(seed);
    RandomTable table = new RandomTable(random);
    String sql = joined(table.tokens(), random);
    inTransaction(
        statement -> {
          assumeAccepted(statement, sql);
          String kept = SqliteOracle.sql(connection, table.name());
          Parsed<TableDefinition> parsed = TableDefinition.parse(kept);
          assertThat(parsed).as(kept).isInstanceOf(Parsed.Read.class);
          TableDefinition read = parsed.value().orElseThrow();
          assertThat(read).as(kept).isEqualTo(table.expected(read));
          SqliteOracle.check(connection, read);
        });
  }

  /** Whatever SQLite makes of a damaged text, we make the same of it or nothing. */
  @Property(tries = 2000)
  void agreesWithSqliteOnDamagedTexts(@ForAll long seed) throws SQLException {
    Random random = new Random(seed);
    List<String> tokens = new ArrayList<>(new RandomTable(random).tokens());
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      damage(tokens, random);
    }
    String sql = String.join(" ", tokens);
    inTransaction(
        statement -> {
          Parsed<TableDefinition> parsed = TableDefinition.parse(sql);
          try {
            statement.execute(sql);
          } catch (SQLException e) {
            return;
          }
          assertThat(parsed).as(sql).isInstanceOf(Parsed.Read.class);
          SqliteOracle.check(connection, parsed.value().orElseThrow());
        });
  }

  private static void assumeAccepted(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      assertThat(e.getMessage()).doesNotContain("syntax error", "unrecognized", "incomplete");
      Assume.that(false);
    }
  }

  private static void damage(List<String> tokens, Random random) {
    int at = 4 + random.nextInt(tokens.size() - 4);
    switch (random.nextInt(4)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, tokens.get(at));
      case 2 -> tokens.add(at, STRAY.get(random.nextInt(STRAY.size())));
      default -> tokens.set(at, tokens.set(at - 1, tokens.get(at)));
    }
  }

  private static String joined(List<String> tokens, Random random) {
    StringBuilder sql = new StringBuilder();
    for (String token : tokens) {
      sql.append(token).append(BLANKS.get(random.nextInt(BLANKS.size())));
    }
    return sql.toString();
  }

  private void inTransaction(Work work) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      try {
        work.run(statement);
      } finally {
        statement.execute("ROLLBACK");
      }
    }
  }

  private interface Work {
    void run(Statement statement) throws SQLException;
  }
}
