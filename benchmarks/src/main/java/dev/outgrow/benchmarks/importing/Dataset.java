package dev.outgrow.benchmarks.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The files that are carried. */
enum Dataset {
  /** Few short columns in many rows. */
  NARROW {
    @Override
    List<Shape> shapes(double scale) {
      List<Column> columns =
          List.of(
              Column.integer("amount", 31),
              Column.real("score"),
              Column.text("title", 20),
              new Column("started", Column.Kind.MOMENT, 0, 0));
      return List.of(new Shape("narrow", scaled(5_000_000, scale), columns, List.of(), null, 0));
    }
  },
  /** 36 columns with nulls and letters beyond ASCII, three indexes, a foreign key. */
  WIDE {
    @Override
    List<Shape> shapes(double scale) {
      long users = Math.max(10, scaled(1_000, scale));
      List<Column> columns = new ArrayList<>(List.of(Column.integer("user_id", 0)));
      IntStream.range(0, 10)
          .forEach(i -> columns.add(Column.integer("i" + i, 7 + i * 5).nullable(i * 8)));
      IntStream.range(0, 8).forEach(i -> columns.add(Column.real("r" + i).nullable(i * 10)));
      IntStream.range(0, 16)
          .forEach(i -> columns.add(Column.text("t" + i, 6 + i * 2).nullable(i * 5)));
      return List.of(
          new Shape("users", users, List.of(Column.text("name", 20)), List.of(), null, 0),
          new Shape(
              "wide",
              scaled(1_000_000, scale),
              columns,
              List.of("user_id", "i5", "t4"),
              "users",
              users));
    }
  },
  /** Blobs of 1 to 200 KB, small ones more often; what is behind their header has no pattern. */
  BLOB {
    @Override
    List<Shape> shapes(double scale) {
      List<Column> columns =
          List.of(Column.text("name", 20), new Column("data", Column.Kind.BLOB, 200_000, 0));
      return List.of(new Shape("files", scaled(20_000, scale), columns, List.of(), null, 0));
    }
  },
  /** 200 small tables, each of which refers to the one before. */
  MANY {
    @Override
    List<Shape> shapes(double scale) {
      int tables = (int) Math.max(3, Math.min(200, scaled(200, scale)));
      return IntStream.range(0, tables).mapToObj(i -> small(i, 100)).toList();
    }
  };

  private static Shape small(int number, long rows) {
    String parent = "small_" + Math.max(0, number - 1);
    List<Column> columns =
        List.of(
            Column.integer("parent_id", 0),
            Column.text("title", 30),
            Column.real("score").nullable(10));
    return new Shape("small_" + number, rows, columns, List.of("title"), parent, rows);
  }

  private static long scaled(long rows, double scale) {
    return Math.max(1, Math.round(rows * scale));
  }

  /**
   * Returns its tables, parents first.
   *
   * @param scale how many times as many rows, or tables, as at its full size
   */
  abstract List<Shape> shapes(double scale);
}
