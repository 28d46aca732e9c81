package dev.outgrow.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffinityTest {

  @ParameterizedTest
  @CsvSource({
    "INT, INTEGER",
    "INTEGER, INTEGER",
    "TINYINT, INTEGER",
    "SMALLINT, INTEGER",
    "MEDIUMINT, INTEGER",
    "BIGINT, INTEGER",
    "UNSIGNED BIG INT, INTEGER",
    "INT2, INTEGER",
    "INT8, INTEGER",
    "CHARACTER(20), TEXT",
    "VARCHAR(255), TEXT",
    "VARYING CHARACTER(255), TEXT",
    "NCHAR(55), TEXT",
    "NATIVE CHARACTER(70), TEXT",
    "NVARCHAR(100), TEXT",
    "TEXT, TEXT",
    "CLOB, TEXT",
    "BLOB, BLOB",
    "'', BLOB",
    "REAL, REAL",
    "DOUBLE, REAL",
    "DOUBLE PRECISION, REAL",
    "FLOAT, REAL",
    "NUMERIC, NUMERIC",
    "'DECIMAL(10,5)', NUMERIC",
    "BOOLEAN, NUMERIC",
    "DATE, NUMERIC",
    "DATETIME, NUMERIC",
    "FLOATING POINT, INTEGER",
    "CHARINT, INTEGER",
    "STRING, NUMERIC",
    "bigint, INTEGER",
    "\u0131nteger, NUMERIC"
  })
  void followsSqlitesDocumentation(String declared, Affinity affinity) {
    assertThat(Affinity.of(declared)).isEqualTo(affinity);
  }

  @Property(tries = 300)
  void isWhatSqliteItselfCastsTo(@ForAll("types") String declared) throws SQLException {
    assertThat(Affinity.of(declared)).isEqualTo(sqlite(declared));
  }

  private static Affinity sqlite(String declared) throws SQLException {
    String cast =
        "SELECT typeof(CAST('1.5' AS " + declared + ")) || typeof(CAST('1' AS " + declared + "))";
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(cast)) {
      return switch (row.getString(1)) {
        case "integerinteger" -> Affinity.INTEGER;
        case "texttext" -> Affinity.TEXT;
        case "blobblob" -> Affinity.BLOB;
        case "realreal" -> Affinity.REAL;
        case "realinteger" -> Affinity.NUMERIC;
        default -> throw new AssertionError(row.getString(1));
      };
    }
  }

  @Provide
  Arbitrary<String> types() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "INT",
            "int",
            "iNt",
            "\u0131nt",
            "CHAR",
            "char",
            "CLOB",
            "TEXT",
            "text",
            "BLOB",
            "blob",
            "REAL",
            "real",
            "FLOA",
            "floa",
            "DOUB",
            "\uFB02oa",
            "DEC",
            "X",
            "big",
            "IN",
            "TER",
            "_",
            "\u017F",
            "N");
    return piece
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .flatMap(p -> Arbitraries.of("", " Y").map(s -> "X" + String.join(s, p)));
  }
}
