package dev.outgrow.benchmarks.importing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Are the rows, the keys and the indexes of a dataset in a database? The file is read once. */
final class Comparison {
  private static final int MOST_NAMED = 3;

  private final Path file;
  private final List<Shape> shapes;
  private final Map<String, RowSum> known = new HashMap<>();

  Comparison(Path file, List<Shape> shapes) {
    this.file = file;
    this.shapes = shapes;
  }

  /**
   * Returns what is different in a database, which may take long.
   *
   * @param keys whether keys and indexes are asked for, too
   */
  List<String> differences(Connection postgres, boolean keys) throws SQLException {
    List<String> different = new ArrayList<>();
    for (Shape shape : shapes) {
      if (different.size() == MOST_NAMED) {
        different.add("…");
        return different;
      }
      compare(postgres, shape, different);
    }
    if (keys) {
      compareKeys(postgres, different);
    }
    return different;
  }

  private void compare(Connection postgres, Shape shape, List<String> different)
      throws SQLException {
    try {
      RowSum source = source(shape, shape.columns(), "");
      RowSum target = RowSum.ofServer(postgres, shape, shape.columns());
      if (target.rows() != source.rows()) {
        different.add(
            "%s has %,d of %,d rows".formatted(shape.name(), target.rows(), source.rows()));
      } else if (!target.equals(source)) {
        different.add(shape.name() + " differs in " + columns(postgres, shape));
      }
    } catch (SQLException e) {
      if (!Objects.requireNonNullElse(e.getSQLState(), "").startsWith("42")) {
        throw e;
      }
      different.add(
          shape.name()
              + ": "
              + Objects.requireNonNullElse(e.getMessage(), "").lines().findFirst().orElse(""));
    }
  }

  private List<String> columns(Connection postgres, Shape shape) throws SQLException {
    List<String> names = new ArrayList<>();
    for (Column column : shape.columns()) {
      List<Column> one = List.of(column);
      if (!RowSum.ofServer(postgres, shape, one).equals(source(shape, one, column.name()))) {
        names.add(column.name());
      }
    }
    return names;
  }

  private RowSum source(Shape shape, List<Column> columns, String what) throws SQLException {
    String key = shape.name() + "." + what;
    RowSum sum = known.get(key);
    if (sum == null) {
      sum = RowSum.ofFile(file, shape, columns);
      known.put(key, sum);
    }
    return sum;
  }

  private void compareKeys(Connection postgres, List<String> different) throws SQLException {
    long references = shapes.stream().filter(s -> s.parent() != null).count();
    long indexes = shapes.stream().mapToLong(s -> s.indexed().size()).sum();
    compare(postgres, "primary keys", constraints("p"), shapes.size(), different);
    compare(postgres, "foreign keys", constraints("f"), references, different);
    compare(
        postgres,
        "indexes",
        "SELECT count(*) FROM pg_index WHERE NOT indisprimary AND indisvalid"
            + " AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)",
        indexes,
        different);
  }

  private static String constraints(String type) {
    return "SELECT count(*) FROM pg_constraint WHERE convalidated AND contype = '"
        + type
        + "' AND connamespace = 'public'::regnamespace";
  }

  private static void compare(
      Connection postgres, String what, String sql, long expected, List<String> different)
      throws SQLException {
    try (Statement statement = postgres.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      if (result.getLong(1) != expected) {
        different.add(result.getLong(1) + " of " + expected + " " + what);
      }
    }
  }
}
