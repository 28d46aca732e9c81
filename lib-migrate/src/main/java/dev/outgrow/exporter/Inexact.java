package dev.outgrow.exporter;

import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.Schema;
import dev.outgrow.sql.Dialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which columns hold a number that is neither a whole one of 64 bits nor the shortest decimal of a
 * double, so that SQLite has it as text alone.
 */
final class Inexact {
  private static final Pattern WORD = Pattern.compile("'((?:[^']|'')*)'");

  private final Set<List<String>> columns;

  private Inexact(Set<List<String>> columns) {
    this.columns = columns;
  }

  /** Asks the server about every column that may hold one. */
  static Inexact find(PgSnapshot snapshot, Map<String, Map<String, PgType>> types)
      throws SQLException {
    Set<List<String>> found = new HashSet<>();
    for (Map.Entry<String, Map<String, PgType>> table : types.entrySet()) {
      for (Map.Entry<String, PgType> column : table.getValue().entrySet()) {
        if (Sent.mayBeInexact(column.getValue())
            && snapshot.number(question(snapshot, table.getKey(), column.getKey())) > 0) {
          found.add(List.of(table.getKey(), column.getKey()));
        }
      }
    }
    return new Inexact(found);
  }

  /** A double reads back as its shortest text; nothing outside its range is turned into one. */
  private static String question(PgSnapshot snapshot, String table, String column) {
    String c = Dialect.POSTGRESQL.quote(column);
    return "SELECT count(*) FROM (SELECT 1 FROM "
        + Dialect.POSTGRESQL.quote(snapshot.schemaName())
        + "."
        + Dialect.POSTGRESQL.quote(table)
        + " WHERE CASE WHEN "
        + c
        + " IS NULL OR "
        + c
        + "::text IN ('NaN', 'Infinity', '-Infinity') THEN false WHEN "
        + c
        + " BETWEEN -9223372036854775808 AND 9223372036854775807 AND "
        + c
        + " = trunc("
        + c
        + ") THEN false WHEN abs("
        + c
        + ") < 1e308 AND abs("
        + c
        + ") > 1e-300 THEN "
        + c
        + "::double precision::text::numeric <> "
        + c
        + " ELSE true END LIMIT 1) AS odd";
  }

  /** Returns whether a column's values have to be text. */
  boolean isText(String table, String column) {
    return columns.contains(List.of(table, column));
  }

  /** Returns the words of an enum, in their order. */
  static List<String> words(Schema schema, String type) {
    List<String> words = new ArrayList<>();
    for (NamedObject other : schema.others()) {
      String name = type.startsWith("\"") ? type.substring(1, type.length() - 1) : type;
      boolean plain = !other.definition().contains("E'"); // with backslashes in it
      if (other.kind() == NamedObject.Kind.ENUM && other.name().equals(name) && plain) {
        Matcher word = WORD.matcher(other.definition());
        while (word.find()) {
          words.add(word.group(1).replace("''", "'"));
        }
      }
    }
    return words;
  }
}
