package dev.outgrow.migration.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.sql.Dialect;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Where statements begin and end, and that any text has some. */
class StatementsTest {
  private static List<String> cut(String sql) {
    return Statements.of(sql, Dialect.POSTGRESQL).stream().map(Statement::text).toList();
  }

  @Test
  void aSemicolonInAQuoteACommentABracketOrABodyEndsNothing() {
    assertThat(cut("SELECT ';' ; SELECT \";\"\n;SELECT $a$;$b$;$a$; SELECT E'\\';'; SELECT 1"))
        .containsExactly(
            "SELECT ';'", "SELECT \";\"", "SELECT $a$;$b$;$a$", "SELECT E'\\';'", "SELECT 1");
    assertThat(cut("/* ; /* ; */ ; */ SELECT 1 -- ;\n + 2; SELECT (1;2);"))
        .containsExactly("SELECT 1 -- ;\n + 2", "SELECT (1;2)");
    assertThat(
            cut(
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END;"
                    + " SELECT 2; END; SELECT 3"))
        .hasSize(2);
    assertThat(cut("CREATE FUNCTION f() RETURNS int AS $$BEGIN; END$$ LANGUAGE plpgsql; SELECT 1"))
        .hasSize(2);
    assertThat(cut("COPY t FROM STDIN;\n1\t;x\n\\.\nSELECT 1;"))
        .containsExactly("COPY t FROM STDIN", "SELECT 1");
  }

  @Test
  void aTriggerAndTheQuotesOfSqliteAreKnown() {
    List<Statement> statements =
        Statements.of(
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET x = CASE WHEN 1 THEN 2 END;"
                + " DELETE FROM c; END; SELECT `a;` , [b;], '$$;', \"c;\" /* /* */;",
            Dialect.SQLITE);
    assertThat(statements).hasSize(2);
    assertThat(statements.get(1).tokens().get(1).name()).isEqualTo("a;");
    assertThat(statements.get(1).tokens().get(3).name()).isEqualTo("b;");
  }

  @Test
  void eachStatementKnowsItsLineAndItsComments() {
    List<Statement> statements =
        Statements.of(
            "-- one\n\nSELECT 1; -- one too\n-- two\nSELECT /* in */\n 2;\n\n\nSELECT 3; SELECT 4; -- four\n-- none",
            Dialect.POSTGRESQL);
    assertThat(statements).extracting(Statement::line).containsExactly(3, 5, 9, 9);
    assertThat(statements.get(0).comments()).containsExactly("-- one", "-- one too");
    assertThat(statements.get(1).comments()).containsExactly("-- two", "/* in */");
    assertThat(statements.get(2).comments()).isEmpty();
    assertThat(statements.get(3).comments()).containsExactly("-- four");
  }

  @Test
  void aNameIsReadWithItsSchemaAndAsThePostgresqlKeepsIt() {
    Statement statement = Statements.of("App.\"We\"\"ird\" X", Dialect.POSTGRESQL).get(0);
    Name name = new Reader(statement).name();
    assertThat(name).isEqualTo(new Name("app", "We\"ird", "App.\"We\"\"ird\""));
  }

  @Property(tries = 3000, seed = "20261121")
  void anyTextIsTakenAndEveryPieceLiesInIt(@ForAll("texts") String sql) {
    for (Dialect dialect : Dialect.values()) {
      int end = 0;
      for (Statement statement : Statements.of(sql, dialect)) {
        assertThat(statement.tokens()).isNotEmpty();
        for (Token token : statement.tokens()) {
          assertThat(token.begin()).isGreaterThanOrEqualTo(end);
          end = token.end();
          assertThat(sql.substring(token.begin(), end)).isEqualTo(token.text());
          assertThat(token.name()).isNotNull();
        }
        assertThat(statement.slice(statement.tokens())).isEqualTo(statement.text());
      }
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "'",
            "\"",
            "$$",
            "$x$",
            "--",
            "/*",
            "*/",
            "\n",
            ";",
            "(",
            ")",
            "E'",
            "\\",
            "`",
            "[",
            "]",
            "CREATE TRIGGER t",
            " BEGIN ",
            " ATOMIC ",
            " END ",
            "COPY t FROM STDIN;",
            "\\.",
            "::",
            ".",
            "\uD83D\uDE00",
            "\uD83D",
            "1e5",
            " a ",
            "\u0000");
    return parts.list().ofMaxSize(14).map(list -> String.join("", list));
  }
}
