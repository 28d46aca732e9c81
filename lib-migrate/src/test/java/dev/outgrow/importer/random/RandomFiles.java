package dev.outgrow.importer.random;

import dev.outgrow.importer.random.RandomTable.Column;
import dev.outgrow.importer.random.RandomTable.Index;
import dev.outgrow.importer.random.RandomTable.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Throws {@link RandomFile}s. */
final class RandomFiles {
  private static final String LONG =
      "a name of more than sixty-three bytes, as no database has them";
  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "c",
          "id",
          "name",
          "value",
          "B",
          "Order",
          "select",
          "user",
          "x y",
          "it's",
          "a\"b",
          "a.b",
          "a;b--",
          "%s",
          "$1",
          "?",
          "\\",
          "tab\tnewline\n",
          "🐘",
          "é",
          "É",
          "İ",
          "ı",
          "",
          "unnamed",
          "ctid",
          "xmin",
          "tableoid",
          "oid",
          "rowid",
          LONG + " 1",
          LONG + " 2",
          "ä".repeat(35),
          "pk_a",
          "uq_a_b",
          "fk_a_b",
          "ck_a_1",
          "pg_class",
          "public",
          "]",
          "`",
          "/*");
  private static final List<String> TYPES =
      List.of(
          "",
          "INTEGER",
          "INT",
          "BIGINT",
          "TINYINT(1)",
          "TEXT",
          "VARCHAR(5)",
          "CHAR(3)",
          "CLOB",
          "BLOB",
          "REAL",
          "DOUBLE",
          "FLOAT",
          "NUMERIC",
          "DECIMAL(10,2)",
          "DECIMAL(3)",
          "BOOLEAN",
          "DATE",
          "DATETIME",
          "TIMESTAMP",
          "TIMESTAMPTZ",
          "TIME",
          "UUID",
          "GUID",
          "JSON",
          "STRING",
          "INTEGER_OR_TEXT",
          "BLOB SUB_TYPE TEXT",
          "FLOATING POINT",
          "\"byte[]\"",
          "LONGVARCHAR",
          "INTERGER",
          "UNSIGNED BIG INT");
  private static final List<Content> NATURAL =
      List.of(
          new Content("INTEGER", Pool.INTEGERS),
          new Content("INTEGER", Pool.SMALL),
          new Content("BOOLEAN", Pool.TRUTHS),
          new Content("REAL", Pool.REALS),
          new Content("DECIMAL(10,2)", Pool.DECIMALS),
          new Content("VARCHAR(5)", Pool.WORDS),
          new Content("TEXT", Pool.WORDS),
          new Content("DATE", Pool.DAYS),
          new Content("DATETIME", Pool.MOMENTS),
          new Content("TIMESTAMP", Pool.ZONED),
          new Content("TIME", Pool.TIMES),
          new Content("UUID", Pool.IDENTIFIERS),
          new Content("JSON", Pool.DOCUMENTS),
          new Content("BLOB", Pool.BYTES),
          new Content("", Pool.ANYTHING));
  private static final int MOST_TABLES = 4;
  private static final int MOST_COLUMNS = 6;
  private static final int MOST_ROWS = 12;
  private static final int CHOICES = 420;

  private RandomFiles() {}

  static Arbitrary<RandomFile> files() {
    return Combinators.combine(
            Arbitraries.of("UTF-8", "UTF-8", "UTF-8", "UTF-16le", "UTF-16be"),
            tables().list().ofMinSize(1).ofMaxSize(MOST_TABLES).map(RandomFiles::apart),
            choice().list().ofMaxSize(3))
        .as(RandomFile::new);
  }

  private static Arbitrary<RandomTable> tables() {
    return Combinators.combine(
            Arbitraries.of(NAMES),
            Arbitraries.of(RandomTable.Key.class),
            Arbitraries.of(false, false, false, true),
            columns().list().ofMinSize(1).ofMaxSize(MOST_COLUMNS).map(RandomFiles::named),
            choice().list().ofMaxSize(2),
            Combinators.combine(
                    choices().list().ofMaxSize(2),
                    references().list().ofMaxSize(2),
                    indexes().list().ofMaxSize(3))
                .as(Around::new),
            choice().list().ofSize(MOST_COLUMNS).list().ofMaxSize(MOST_ROWS))
        .as(
            (name, key, strict, columns, generated, around, rows) ->
                new RandomTable(
                    name,
                    key,
                    strict,
                    columns,
                    generated,
                    around.uniques(),
                    around.references(),
                    around.indexes(),
                    rows));
  }

  /** What stands around the columns of a table. */
  private record Around(
      List<List<Integer>> uniques, List<Reference> references, List<Index> indexes) {}

  private static Arbitrary<Column> columns() {
    Arbitrary<Content> contents =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.of(NATURAL)),
            Tuple.of(
                1,
                Combinators.combine(Arbitraries.of(TYPES), Arbitraries.of(Pool.class))
                    .as(Content::new)));
    return Combinators.combine(Arbitraries.of(NAMES), contents, choice())
        .as((name, content, choice) -> new Column(name, content.type(), content.pool(), choice));
  }

  /** What a column declares and what it holds. */
  private record Content(String type, Pool pool) {}

  private static Arbitrary<Reference> references() {
    return Combinators.combine(choices(), choice(), choice()).as(Reference::new);
  }

  private static Arbitrary<Index> indexes() {
    return Combinators.combine(choices(), choice()).as(Index::new);
  }

  private static Arbitrary<List<Integer>> choices() {
    return choice().list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<Integer> choice() {
    return Arbitraries.integers().between(0, CHOICES - 1).withoutEdgeCases();
  }

  /** Gives tables of one name, by SQLite's case rule, names of their own. */
  private static List<RandomTable> apart(List<RandomTable> tables) {
    Set<String> taken = new HashSet<>();
    List<RandomTable> apart = new ArrayList<>();
    for (RandomTable t : tables) {
      apart.add(
          new RandomTable(
              free(t.name(), taken),
              t.key(),
              t.strict(),
              t.columns(),
              t.generated(),
              t.uniques(),
              t.references(),
              t.indexes(),
              t.rows()));
    }
    return apart;
  }

  private static List<Column> named(List<Column> columns) {
    Set<String> taken = new HashSet<>();
    return columns.stream()
        .map(c -> new Column(free(c.name(), taken), c.type(), c.pool(), c.trimmings()))
        .toList();
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(asciiFolded(free)); i++) {
      free = name + i;
    }
    return free;
  }

  private static String asciiFolded(String name) {
    StringBuilder folded = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return folded.toString();
  }
}
