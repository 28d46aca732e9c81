package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.postgres.Buffers;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.Loaded;
import dev.outgrow.importer.source.RowCursor;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A translation that is wrong, or that PostgreSQL refuses, costs the expression and no value. */
class WrongExpressionTest extends PostgresFixture {
  private static final ImportNames NAMES = ImportNames.of("public", "1");

  @TempDir private Path folder;
  private final List<NotCarried> named = new ArrayList<>();
  private Path file;

  @BeforeEach
  void makeFile() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE keyed(id INTEGER PRIMARY KEY, a INTEGER, b INTEGER AS (a + 1), c INTEGER AS (a + 2))",
            "CREATE TABLE bare(a INTEGER, b INTEGER AS (a + 1), c INTEGER AS (a + 2))",
            "INSERT INTO keyed(a) VALUES (1), (2), (3)",
            "INSERT INTO bare(a) VALUES (1), (2), (2)");
  }

  /** Carries a table, with other expressions for its columns, and returns what is computed. */
  private List<String> carry(String name, Map<String, String> expressions) throws SQLException {
    try (ImportTarget target = ImportTarget.open(database, NAMES, Buffers.DEFAULT);
        Survey survey = Course.of(ImportOptions.DEFAULT, o -> Survey.of(file, o))) {
      TableMapping table =
          with(
              survey.mapping().tables().stream()
                  .filter(t -> t.source().equals(name))
                  .findFirst()
                  .orElseThrow(),
              expressions);
      target.execute(
          new Step.Execute(Phase.PREPARE, "", List.of("CREATE SCHEMA " + NAMES.staging())));
      GeneratedColumns generated = new GeneratedColumns(NAMES, target);
      generated.create(table);
      Loaded loaded =
          generated.load(
              table,
              step -> {
                try (RowCursor rows = survey.rows(table)) {
                  return target.load(step, rows, (done, bytes) -> {});
                }
              },
              (made, done) ->
                  target.verify(made, done.digest(), () -> survey.rows(table), done2 -> {}));
      named.addAll(generated.notCarried());
      assertThat(
              target
                  .verify(table, loaded.digest(), () -> survey.rows(table), done -> {})
                  .verified())
          .isTrue();
      return query(
          "SELECT attname FROM pg_attribute WHERE attgenerated = 's' AND attrelid = '"
              + NAMES.staging()
              + "."
              + name
              + "'::regclass ORDER BY 1");
    }
  }

  private static TableMapping with(TableMapping t, Map<String, String> expressions) {
    List<ColumnMapping> columns =
        t.columns().stream()
            .map(
                c ->
                    new ColumnMapping(
                        c.source(),
                        c.target(),
                        c.type(),
                        c.notNull(),
                        c.defaultSql(),
                        c.computedDefault(),
                        c.identity(),
                        expressions.containsKey(c.source())
                            ? new ColumnMapping.Generated(expressions.get(c.source()), "original")
                            : null))
            .toList();
    return new TableMapping(
        t.source(),
        t.target(),
        t.rows(),
        columns,
        t.primaryKey(),
        t.uniqueKeys(),
        t.indexes(),
        t.foreignKeys(),
        t.checks(),
        t.lastId());
  }

  @Test
  void onlyTheColumnThatDiffersBecomesPlain() throws SQLException {
    assertThat(carry("keyed", Map.of("b", "a + 1", "c", "a * 3"))).containsExactly("b");

    assertThat(named)
        .containsExactly(
            new NotCarried(
                Kind.GENERATED_COLUMN,
                "keyed.c",
                "The values are carried, the expression is not. PostgreSQL computes other values than SQLite: original"));
  }

  @Test
  void withoutAKeyAllBecomePlain() throws SQLException {
    assertThat(carry("bare", Map.of("b", "a + 1", "c", "a * 3"))).isEmpty();

    assertThat(named).extracting(NotCarried::name).containsExactly("bare.b", "bare.c");
  }

  @Test
  void whatPostgresRefusesBecomesPlainAlone() throws SQLException {
    assertThat(carry("keyed", Map.of("b", "random()::bigint", "c", "a + 2"))).containsExactly("c");

    assertThat(named)
        .singleElement()
        .satisfies(
            n ->
                assertThat(n.reason())
                    .contains("generation expression is not immutable")
                    .endsWith(": original"));
  }

  @Test
  void columnsThatUseEachOtherBecomePlain() throws SQLException {
    assertThat(carry("keyed", Map.of("b", "c - 1", "c", "a + 2"))).isEmpty();

    assertThat(named).extracting(NotCarried::name).containsExactlyInAnyOrder("keyed.b", "keyed.c");
  }

  @Test
  void anExpressionThatFailsOnARowBecomesPlain() throws SQLException {
    assertThat(carry("bare", Map.of("b", "1 / (a - 2)", "c", "a + 2"))).isEmpty();

    assertThat(named).hasSize(2).allSatisfy(n -> assertThat(n.reason()).contains("zero"));
  }
}
