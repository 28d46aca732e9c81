package dev.outgrow.importer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportPlanTest {

  @Test
  void goesThroughThePhasesInTheirOrder() {
    List<Step> steps = plan("a", "b").steps();

    assertThat(steps).extracting(Step::phase).isSorted();
    assertThat(steps)
        .extracting(Step::phase)
        .startsWith(Phase.PREPARE)
        .endsWith(Phase.SWAP)
        .contains(Phase.VERIFY);
  }

  @Test
  void loadsAndVerifiesEveryTable() {
    List<Step> steps = plan("a", "b", "c").steps();

    assertThat(steps.stream().filter(s -> s instanceof Step.Load)).hasSize(3);
    assertThat(steps.stream().filter(s -> s instanceof Step.Verify)).hasSize(3);
  }

  @Test
  void printsEachPhaseOnceAndEachStatementWithItsEnd() {
    String text = plan("a").text();

    assertThat(text.lines().filter(l -> l.startsWith("-- == ")))
        .containsExactly(
            "-- == prepare ==",
            "-- == load ==",
            "-- == index ==",
            "-- == finish ==",
            "-- == verify ==",
            "-- == swap ==");
    assertThat(text)
        .contains("COPY \"outgrow_staging_1\".\"a\" (\"id\") FROM STDIN (FORMAT binary);\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\nDROP TABLE y",
        "x\rDROP TABLE y",
        "x\r\n\r\nDROP TABLE y",
        "x\u0085DROP",
        "x\u2028DROP",
        "x\u000BDROP",
        "x\fDROP"
      })
  void keepsACommentOnItsLineWhateverATableIsCalled(String name) {
    String statement =
        "COPY \"outgrow_staging_1\".\"" + name + "\" (\"id\") FROM STDIN (FORMAT binary)";

    String withoutStatements = plan(name).text();
    for (Step step : plan(name).steps()) {
      for (String sql : step.sql()) {
        withoutStatements = withoutStatements.replace(sql + ";\n", "");
      }
    }

    assertThat(plan(name).text()).contains(statement);
    assertThat(withoutStatements.split("[\\n\\r\\u0085\\u2028\\u000B\\f]", -1))
        .allMatch(l -> l.isEmpty() || l.startsWith("-- "));
  }

  @Property
  void hasSchemaNamesThatPostgresDoesNotCut(
      @ForAll("names") String target, @ForAll @IntRange(min = 1, max = 30) int id) {
    ImportNames names = ImportNames.of(target, "i".repeat(id));

    assertThat(names.target()).isEqualTo(target);
    assertThat(bytes(names.staging())).isLessThanOrEqualTo(63);
    assertThat(bytes(names.before())).isLessThanOrEqualTo(63);
    assertThat(names.before()).endsWith("_before_" + "i".repeat(id));
    assertThat(new String(names.before().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(names.before());
    assertThat(target).startsWith(names.before().substring(0, names.before().length() - 8 - id));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("x", "é", "€", "😀", "\"")
        .list()
        .ofMinSize(1)
        .ofMaxSize(63)
        .map(c -> String.join("", c))
        .filter(n -> bytes(n) <= 63);
  }

  private static ImportPlan plan(String... tables) {
    List<TableMapping> mapped =
        List.of(tables).stream()
            .map(t -> MappedTable.named(t).column("id", TargetType.BIGINT).key("id").build())
            .toList();
    return ImportPlan.of(
        ImportNames.of("public", "1"),
        new SchemaMapping(mapped, List.of(), List.of(), List.of()),
        TargetState.empty("public"));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
