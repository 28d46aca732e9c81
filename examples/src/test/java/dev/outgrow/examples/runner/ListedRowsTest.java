package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.Database;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Files whose authors listed every row beside them: what arrives is what they listed. Two lists are
 * not true to their file: one has rows that were deleted since, another a time stamp that a trigger
 * set again.
 */
@Tag("slow")
class ListedRowsTest extends RunnerFixture {
  private static final Path FILES =
      Path.of(System.getProperty("outgrow.shared")).resolve("data/forensic");

  private static final BigDecimal LAST_SHOWN_DIGIT = new BigDecimal("0.0001");

  private static final Pattern TIME_STAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");

  static Stream<Path> lists() throws IOException {
    if (!Files.isDirectory(FILES)) {
      return Stream.of(FILES); // one visible skip
    }
    try (Stream<Path> found = Files.list(FILES)) {
      return found.filter(f -> f.toString().endsWith(".xml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  void everyListedRowArrives(Path list) throws Exception {
    assumeTrue(Files.isRegularFile(list), "no shared data beside this project");
    Path file = list.resolveSibling(list.getFileName().toString().replace(".xml", ".db"));
    Outcome outcome = run("import", file.toString(), "--to", target());
    assertThat(outcome.exitCode()).isIn(0, 4);

    for (Element table : children(parse(list), "element")) {
      Element meta = children(table, "meta").get(0);
      String name = text(meta, "name");
      if (text(meta, "type").equals("table") && text(meta, "deleted").equals("False")) {
        List<List<String>> arrived = arrived(name);
        if (arrived.isEmpty()) {
          assertThat(outcome.out())
              .as("says why " + name + " is not there")
              .contains("virtual-table " + name);
        } else if (text(meta, "rowsDeleted").equals("0")) {
          List<List<String>> listed = listed(table);
          assertThat(arrived).allMatch(row -> listed.stream().anyMatch(l -> equal(l, row)));
          assertThat(arrived).hasSize(rowsOfSource(file, name));
        }
      }
    }
  }

  /** An R-tree keeps 32 bits of a real number, and the lists show what was put into it. */
  private static boolean equal(List<String> listed, List<String> arrived) {
    return listed.size() == arrived.size()
        && IntStream.range(0, listed.size()).allMatch(i -> equal(listed.get(i), arrived.get(i)));
  }

  private static boolean equal(String listed, String arrived) {
    if (listed.equals(arrived)) {
      return true;
    }
    try {
      BigDecimal apart = new BigDecimal(listed).subtract(new BigDecimal(arrived)).abs();
      return apart.compareTo(LAST_SHOWN_DIGIT) <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static int rowsOfSource(Path file, String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM " + Dialect.SQLITE.quote(table))) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static List<List<String>> listed(Element table) {
    List<List<String>> rows = new ArrayList<>();
    for (Element row : children(children(table, "entries").get(0), "row")) {
      rows.add(children(row, "column").stream().map(c -> canonical(text(c, "content"))).toList());
    }
    return rows;
  }

  private List<List<String>> arrived(String table) {
    try (Database database = Database.open(url())) {
      return database.read(
          tx -> {
            Connection connection = tx.connection();
            return exists(connection, table) ? read(connection, table) : List.of();
          });
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = ?")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static List<List<String>> read(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT * FROM " + Dialect.POSTGRESQL.quote(table))) {
      List<List<String>> found = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(canonical(String.valueOf(rows.getString(i))));
        }
        found.add(row);
      }
      return found;
    }
  }

  private static Element parse(Path list) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(list.toFile())
        .getDocumentElement();
  }

  private static List<Element> children(Element parent, String tag) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(n -> n instanceof Element element && element.getTagName().equals(tag))
        .map(Element.class::cast)
        .toList();
  }

  private static String text(Element parent, String tag) {
    return children(parent, tag).stream().findFirst().map(Element::getTextContent).orElse("");
  }

  /** The lists show real numbers with five decimals, and nulls by the word. */
  private static String canonical(String value) {
    try {
      return new BigDecimal(value).setScale(4, RoundingMode.HALF_EVEN).toPlainString();
    } catch (NumberFormatException e) {
      return value.equalsIgnoreCase("null")
          ? "null"
          : TIME_STAMP.matcher(value).replaceAll("a time");
    }
  }
}
