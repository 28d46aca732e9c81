package dev.outgrow.benchmarks.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the file of a dataset; the same seed makes the same rows. */
final class SourceFile {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLM 0123456789";
  private static final String OTHERS = "äöüßéèñçøåλжди日本語€";
  private static final int HEADER = 512;
  private static final int SMALLEST = 1_000;

  private final List<Shape> shapes;
  private final long seed;

  private SourceFile(List<Shape> shapes, long seed) {
    this.shapes = shapes;
    this.seed = seed;
  }

  /** Makes the file, unless it is there. */
  static void make(Path file, List<Shape> shapes, long seed) throws IOException, SQLException {
    if (Files.exists(file)) {
      return;
    }
    Path half = file.resolveSibling(file.getFileName() + ".half");
    Files.deleteIfExists(half);
    new SourceFile(shapes, seed).write(half);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void write(Path file) throws SQLException {
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = sqlite.createStatement()) {
      statement.execute("PRAGMA journal_mode = OFF");
      statement.execute("PRAGMA synchronous = OFF");
      sqlite.setAutoCommit(false);
      for (Shape shape : shapes) {
        statement.execute(shape.sqliteDdl());
        insert(sqlite, shape);
        for (String index : shape.indexDdl()) {
          statement.execute(index);
        }
      }
      sqlite.commit();
    }
  }

  private void insert(Connection sqlite, Shape shape) throws SQLException {
    SplittableRandom random = new SplittableRandom(seed ^ shape.name().hashCode());
    String marks = "?" + ", ?".repeat(shape.others().size());
    try (PreparedStatement insert =
        sqlite.prepareStatement("INSERT INTO " + shape.name() + " VALUES (" + marks + ")")) {
      for (long id = 1; id <= shape.rows(); id++) {
        insert.setLong(1, id);
        for (int i = 0; i < shape.others().size(); i++) {
          if (i == 0 && shape.parent() != null) {
            insert.setLong(2, 1 + random.nextLong(shape.parents()));
          } else {
            bind(insert, i + 2, shape.others().get(i), random);
          }
        }
        insert.executeUpdate();
      }
    }
  }

  private static void bind(
      PreparedStatement insert, int place, Column column, SplittableRandom random)
      throws SQLException {
    if (random.nextInt(100) < column.nulls()) {
      insert.setObject(place, null);
      return;
    }
    switch (column.kind()) {
      case INTEGER -> insert.setLong(place, random.nextLong() >> (63 - column.size()));
      case REAL -> insert.setDouble(place, random.nextDouble() * 2_000 - 1_000);
      case TEXT -> insert.setString(place, text(column.size(), random));
      case MOMENT -> insert.setString(place, moment(random));
      case BLOB -> insert.setBytes(place, blob(column.size(), random));
    }
  }

  private static String text(int most, SplittableRandom random) {
    StringBuilder text = new StringBuilder(most);
    int length = most / 2 + random.nextInt(most / 2 + 1);
    boolean plain = random.nextInt(4) > 0;
    while (text.length() < length) {
      String from = plain || random.nextInt(3) > 0 ? LETTERS : OTHERS;
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.toString();
  }

  private static String moment(SplittableRandom random) {
    return "20%02d-%02d-%02d %02d:%02d:%02d"
        .formatted(
            random.nextInt(10, 26),
            random.nextInt(1, 13),
            random.nextInt(1, 29),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60));
  }

  private static byte[] blob(int most, SplittableRandom random) {
    double where = random.nextDouble();
    byte[] bytes = new byte[SMALLEST + (int) ((most - SMALLEST) * where * where * where)];
    random.nextBytes(bytes);
    Arrays.fill(bytes, 0, Math.min(HEADER, bytes.length), (byte) 'h');
    return bytes;
  }
}
