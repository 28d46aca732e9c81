package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.report.ImportReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Any small file that goes in comes back, like the former one and with a discovered schema. */
class ExportPropertyTest {
  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "INTEGER",
              "0",
              "1",
              "-1",
              "127",
              "128",
              "-32769",
              "8388608",
              "2147483648",
              "-140737488355329",
              "9223372036854775807",
              "-9223372036854775808"),
          new Kind(
              "REAL", "0.1", "-1e300", "5e-324", "1e15", "2.0", "1e999", "-1e999", "123456.789"),
          new Kind(
              "TEXT",
              "''",
              "'x'",
              "'12'",
              "'1e3'",
              "'🐘 é'",
              "'a' || char(10) || 'b'",
              "'NaN'",
              "'infinity'",
              "printf('%.*c', 5000, 'z')"),
          new Kind("BLOB", "x''", "x'00'", "x'ff00ff'", "zeroblob(6000)"),
          new Kind("NUMERIC", "1", "1.5", "0.1", "-7"),
          new Kind("DECIMAL(10,2)", "1.25", "10", "-0.5"),
          new Kind("BOOLEAN", "0", "1"),
          new Kind("DATE", "'2024-02-29'", "'0001-01-01'", "'9999-12-31'"),
          new Kind(
              "DATETIME",
              "'2024-02-29 10:00:00'",
              "'1969-12-31 23:59:59.5'",
              "'0001-01-01 00:00:00'"),
          new Kind("TIMESTAMPTZ", "'2024-02-29T10:00:00Z'", "'1969-12-31T23:59:59.123456Z'"),
          new Kind("UUID", "'00000000-0000-4000-8000-00000000000a'"),
          new Kind("", "1", "2.5", "'x'", "x'01'"));

  private record Kind(String type, List<String> values) {
    Kind(String type, String... values) {
      this(type, List.of(values));
    }
  }

  private record Case(int key, List<Kind> columns, List<List<Integer>> rows) {}

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<List<Integer>> row = Arbitraries.integers().between(0, 40).list().ofSize(5);
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(KINDS).list().ofMinSize(1).ofMaxSize(5),
            row.list().ofMaxSize(12))
        .as(Case::new);
  }

  @Property(tries = 12, seed = "20", shrinking = ShrinkingMode.OFF)
  void aFileComesBack(@ForAll("cases") Case given) throws SQLException, IOException {
    int tries = Boolean.getBoolean("outgrow.exhaustive") ? 8 : 1;
    for (int i = 0; i < tries; i++) {
      check(given, i);
    }
  }

  private static void check(Case given, int shift) throws SQLException, IOException {
    Path folder = Files.createTempDirectory("export-property");
    try (TestDatabase server = TestDatabase.start()) {
      Path file = SqliteFiles.make(folder.resolve("a.db"), statements(given, shift));
      ImportReport imported = SqliteImport.from(file).into(server.database()).run();
      ExportReport like =
          SqliteExport.from(server.database()).into(folder.resolve("like.db")).like(file).run();
      ExportReport found =
          SqliteExport.from(server.database()).into(folder.resolve("found.db")).run();

      assertThat(
              TwoFiles.differences(
                  file, folder.resolve("like.db"), List.of("t"), named(imported, like)))
          .isEmpty();
      assertThat(
              TwoFiles.differences(
                  file, folder.resolve("found.db"), List.of("t"), named(imported, found)))
          .isEmpty();
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(folder);
    }
  }

  private static Set<String> named(ImportReport imported, ExportReport exported) {
    Set<String> named = new HashSet<>();
    Stream.concat(imported.changedTypes().stream(), exported.changedTypes().stream())
        .forEach(c -> named.add((c.table() + "." + c.column()).toLowerCase(Locale.ROOT)));
    return named;
  }

  private static String[] statements(Case given, int shift) {
    List<String> columns = new ArrayList<>();
    String key =
        given.key() == 0 ? "" : given.key() == 3 ? "k TEXT PRIMARY KEY" : "k INTEGER PRIMARY KEY";
    if (!key.isEmpty()) {
      columns.add(key);
    }
    for (int i = 0; i < given.columns().size(); i++) {
      columns.add("c" + i + " " + given.columns().get(i).type());
    }
    List<String> statements = new ArrayList<>();
    String end = given.key() == 3 ? " WITHOUT ROWID" : "";
    statements.add("CREATE TABLE t(" + String.join(", ", columns) + ")" + end);
    for (int r = 0; r < given.rows().size(); r++) {
      List<String> values = new ArrayList<>();
      if (!key.isEmpty()) {
        values.add(given.key() == 3 ? "'k" + r + "'" : String.valueOf((r - 3L) * (1L << (r * 5))));
      }
      for (int i = 0; i < given.columns().size(); i++) {
        List<String> pool = given.columns().get(i).values();
        int choice = given.rows().get(r).get(i) + shift;
        values.add(choice % 7 == 0 ? "NULL" : pool.get(choice % pool.size()));
      }
      statements.add("INSERT INTO t VALUES (" + String.join(", ", values) + ")");
    }
    return statements.toArray(new String[0]);
  }
}
