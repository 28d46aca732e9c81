package dev.outgrow.test.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a query gave, in a form that is the same for both backends.
 *
 * <p><em>Immutable.</em>
 *
 * @param columns their names in lower case
 * @param rows the values, row for row
 * @since 0.1
 */
public record Rows(List<String> columns, List<List<String>> rows) {
  private static final int MOST_SHOWN = 10;

  /** Runs a query, which may write nothing. */
  public static Rows of(Database database, String query, Object... parameters) {
    return database.read(
        tx -> {
          try (PreparedStatement statement = tx.connection().prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
              statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
              return read(result, database.backend());
            }
          } catch (SQLException failure) {
            Backend backend = database.backend();
            throw SqlFailures.translate(failure, "Comparing a query on " + backend.title());
          }
        });
  }

  private static Rows read(ResultSet result, Backend backend) throws SQLException {
    ResultSetMetaData about = result.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      columns.add(about.getColumnLabel(i).toLowerCase(Locale.ROOT));
    }
    List<List<String>> rows = new ArrayList<>();
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        // SQLite names a declared type, whatever the value is.
        String typeName = backend == Backend.POSTGRESQL ? about.getColumnTypeName(i) : "";
        row.add(CommonValue.of(result, i, typeName));
      }
      rows.add(row);
    }
    return new Rows(columns, rows);
  }

  /** Returns them in an order of their own. */
  public Rows sorted() {
    return new Rows(
        columns, rows.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList());
  }

  /** Returns what differs from what SQLite gave, a line for each row; empty if nothing does. */
  public String difference(Rows sqlite) {
    if (!columns.equals(sqlite.columns)) {
      return "columns: PostgreSQL " + columns + ", SQLite " + sqlite.columns;
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < Math.max(rows.size(), sqlite.rows.size()); i++) {
      String here = i < rows.size() ? rows.get(i).toString() : "no row";
      String there = i < sqlite.rows.size() ? sqlite.rows.get(i).toString() : "no row";
      if (!here.equals(there)) {
        lines.add("row " + (i + 1) + ": PostgreSQL " + here + ", SQLite " + there);
      }
    }
    return shortened(lines);
  }

  private static String shortened(List<String> lines) {
    String shown = String.join("\n", lines.subList(0, Math.min(MOST_SHOWN, lines.size())));
    int more = lines.size() - MOST_SHOWN;
    return more > 0 ? shown + "\nand " + more + " more" : shown;
  }
}
