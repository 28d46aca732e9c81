package dev.outgrow.database.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {
  private static List<String> cut(String sql) {
    return new Script("s.sql", sql).statements().stream().map(Script.Statement::sql).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a;b'",
        "SELECT 'it''s;'",
        "SELECT E'it\\';'",
        "SELECT e'\\\\;'",
        "SELECT 'back\\' ",
        "SELECT \"a;\"\"b\"",
        "SELECT $$a;'b$$",
        "SELECT $x$ a; $$ ; $y$ $x$",
        "SELECT a$1$ FROM b$1$",
        "SELECT 1 /* ; /* ; */ ; */ + 1",
        "SELECT 1 -- ; '\n + 1",
        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END",
        "create or replace procedure p(a int) language sql begin atomic select 1; end",
        "DO $do$ BEGIN PERFORM 1; END $do$",
        "SELECT (';')",
        "SELECT $1",
      })
  void keepsAStatementWhole(String statement) {
    assertThat(cut(statement + ";" + statement))
        .containsExactly(statement.strip(), statement.strip());
  }

  @Test
  void saysOnWhichLineEachBegins() {
    assertThat(new Script("s", "-- one\n\nSELECT\n1;;\n /* c */ SELECT 2").statements())
        .containsExactly(
            new Script.Statement("s", 3, "SELECT\n1"), new Script.Statement("s", 5, "SELECT 2"));
    assertThat(cut(" ; -- nothing\n;/* here */")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a", "E'\\'", "\"a", "$$ a $x$", "/* /* */", "(1", "$a$ $$"})
  void refusesWhatIsNeverClosed(String sql) {
    assertThatThrownBy(() -> cut("SELECT 1;\nSELECT " + sql))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("s.sql, line 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BEGIN", "start transaction", "Commit", "END", "ROLLBACK", "SAVEPOINT a"})
  void refusesWhatWouldDivideTheTransaction(String sql) {
    assertThatThrownBy(() -> cut("SELECT 1;" + sql)).isInstanceOf(ConfigurationException.class);
  }

  @Property(tries = 500, seed = "4711")
  void findsWhatWasPutTogether(@ForAll("statements") List<String> statements) {
    assertThat(cut(String.join(";", statements))).isEqualTo(statements);
  }

  @Property(tries = 500, seed = "4711")
  void neverHangsOrBreaksOnAnyText(@ForAll("fragments") List<String> fragments) {
    List<String> found = new ArrayList<>();
    try {
      found.addAll(cut(String.join("", fragments)));
    } catch (ConfigurationException refused) {
      assertThat(refused.option()).startsWith("script s.sql, line ");
    }
    assertThat(found).allMatch(statement -> !statement.isBlank());
  }

  @Provide
  Arbitrary<List<String>> statements() {
    return Arbitraries.of("'x;'", "E'\\';'", "$a$ ; $a$", "\";\"", "(1;2)", "/*;*/ x", "a$b$")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> "SELECT " + String.join(" ", parts))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<String>> fragments() {
    return Arbitraries.of(
            "'",
            "\"",
            "$",
            "$a$",
            "$$",
            ";",
            "(",
            ")",
            "/*",
            "*/",
            "--",
            "\n",
            "\\",
            "E",
            "a",
            " ",
            "create function ",
            "begin ",
            "end ")
        .list()
        .ofMaxSize(20);
  }
}
