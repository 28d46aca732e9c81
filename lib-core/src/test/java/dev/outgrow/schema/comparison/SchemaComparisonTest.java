package dev.outgrow.schema.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.UniqueKey;
import dev.outgrow.schema.comparison.Difference.Changed;
import dev.outgrow.schema.comparison.Difference.Missing;
import dev.outgrow.schema.comparison.Difference.Unexpected;
import dev.outgrow.schema.comparison.Mutations.Mutation;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaComparisonTest {
  private static final Schema RICH = Mutations.rich("");

  static Stream<Mutation> mutations() {
    return Mutations.of(RICH).stream();
  }

  /** Also the other way round: what was missing is then not expected. */
  @ParameterizedTest
  @MethodSource("mutations")
  void findsEveryChangeOfOnePlace(Mutation mutation) {
    for (boolean forth : new boolean[] {true, false}) {
      SchemaComparison comparison =
          forth ? compare(RICH, mutation.schema()) : compare(mutation.schema(), RICH);
      assertThat(comparison.identical()).isFalse();
      assertThat(comparison.notCompared()).isEmpty();
      // A renamed table or column is one that is missing and one that is not expected.
      assertThat(comparison.differences()).hasSizeBetween(1, 2);
      assertThat(comparison.text().lines()).hasSize(comparison.differences().size() + 1);
    }
  }

  @Property(tries = 200, seed = "4711")
  void findsNoDifferenceOfASchemaAndItself(@ForAll("names") String name) {
    Schema schema = Mutations.rich(name);
    for (Side side : List.of(Side.postgresql(schema), Side.sqlite(schema))) {
      assertThat(SchemaComparison.of(side, side))
          .isEqualTo(new SchemaComparison(List.of(), List.of()));
    }
  }

  @Property(tries = 200, seed = "4711")
  void namesWhatChangedWhateverItsName(@ForAll("names") String name, @ForAll int choice) {
    Schema schema = Mutations.rich(name);
    List<Mutation> mutations = Mutations.of(schema);
    Mutation mutation = mutations.get(Math.floorMod(choice, mutations.size()));
    SchemaComparison comparison = compare(schema, mutation.schema());
    assertThat(comparison.differences()).hasSizeBetween(1, 2);
    assertThat(comparison.text().lines()).hasSize(comparison.differences().size() + 1);
    assertThat(comparison.text()).doesNotContain("\u001b");
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> hostile =
        Arbitraries.of(
            "it's", "a\"b", "", " ", "select", "Ü😀", "x); DROP --", "a.b", "\u001b[2J\n");
    return Arbitraries.oneOf(hostile, Arbitraries.strings().ofMaxLength(8));
  }

  @Test
  void saysWhatChangedAndFromWhatToWhat() {
    Schema expected = schema(table("plays", column("title", "text", false, "'x'")));
    Schema actual = schema(table("plays", column("title", "bigint", true, null)));
    SchemaComparison comparison = compare(expected, actual);
    assertThat(comparison.differences())
        .containsExactly(
            new Changed(
                Part.COLUMN,
                "plays",
                "title",
                dev.outgrow.schema.comparison.Property.TYPE,
                "text",
                "bigint"),
            new Changed(
                Part.COLUMN,
                "plays",
                "title",
                dev.outgrow.schema.comparison.Property.NULLABLE,
                "no",
                "yes"),
            new Changed(
                Part.COLUMN,
                "plays",
                "title",
                dev.outgrow.schema.comparison.Property.DEFAULT,
                "'x'",
                "none"));
    assertThat(comparison.text())
        .isEqualTo(
            """
            table plays: column title: type is bigint, expected text
            table plays: column title: nullable is yes, expected no
            table plays: column title: default is none, expected 'x'
            3 differences, 0 not compared
            """);
  }

  @Test
  void tellsTablesOfPostgresqlApartByCaseAndThoseOfSqliteNot() {
    Schema expected = schema(table("Users", column("a", "text", true, null)));
    Schema actual = schema(table("users", column("a", "text", true, null)));
    assertThat(compare(expected, actual).differences())
        .hasExactlyElementsOfTypes(Missing.class, Unexpected.class);
    assertThat(SchemaComparison.of(Side.sqlite(expected), Side.sqlite(actual)).differences())
        .hasExactlyElementsOfTypes(Changed.class);
  }

  @Test
  void takesSchemasOfTwoNamesAsOne() {
    Schema expected =
        new Schema(
            "a",
            List.of(table("t", column("m", "a.mood", true, "'x'::a.mood"))),
            List.of(),
            List.of());
    Schema actual =
        new Schema(
            "B",
            List.of(table("t", column("m", "\"B\".mood", true, "'x'::\"B\".mood"))),
            List.of(),
            List.of());
    assertThat(compare(expected, actual).identical()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-1|'-1'::integer|same",
        "'it''s'|'it''s'::character varying|same",
        "0|false|same",
        "1.50|1.5|same",
        "NULL|NULL::text|same",
        "0|1|changed",
        "'a'|'b'::text|changed",
        "CURRENT_TIMESTAMP|CURRENT_TIMESTAMP|same",
        "CURRENT_TIMESTAMP|now()|open",
        "datetime('now')|now()|open",
        "1 + 1|(1 + 1)|same",
        "1 + 1|(1 + 2)|open",
      })
  void comparesDefaultsAcrossBackendsWhereItCanBeTold(
      String sqlite, String postgres, String verdict) {
    Schema expected = schema(table("t", column("a", "TEXT", true, sqlite)));
    Schema actual = schema(table("t", column("a", "text", true, postgres)));
    SchemaComparison comparison =
        SchemaComparison.of(Side.sqlite(expected), Side.postgresql(actual));
    assertThat(comparison.differences()).hasSize(verdict.equals("changed") ? 1 : 0);
    assertThat(comparison.notCompared()).hasSize(verdict.equals("open") ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a > 0|a > (0)::numeric|true",
        "\"a\" == 'x'|(a)::text = 'x'::text|true",
        "a <> 1 AND b != 2|(a <> 1) AND (b <> 2)|false",
        "lower(a) = 'x'|lower(a) = 'x'::text|false",
        "a LIKE 'x%'|a ~~ 'x%'::text|false",
        "(a or b) and c|a or (b and c)|false",
        "a > 0|a > 1|false",
        "a / b|a / b|false",
      })
  void callsOnlyPlainlyEqualExpressionsTheSame(String sqlite, String postgres, boolean same) {
    assertThat(Expressions.same(sqlite, postgres)).isEqualTo(same);
  }

  @Test
  void givesSqliteKeysWithoutNamesTheBenefitOfTheirColumns() {
    Table expected = keyed(new UniqueKey(null, List.of("A")), null);
    Table actual = keyed(new UniqueKey("uq_t_a", List.of("a")), "fk_t_a");
    SchemaComparison comparison =
        SchemaComparison.of(Side.sqlite(schema(expected)), Side.postgresql(schema(actual)));
    assertThat(comparison).isEqualTo(new SchemaComparison(List.of(), List.of()));
  }

  private static Table keyed(UniqueKey unique, @Nullable String foreignKey) {
    return new Table(
        "t",
        List.of(column("a", "integer", true, null)),
        null,
        List.of(unique),
        List.of(
            new ForeignKey(
                foreignKey,
                List.of("a"),
                "t",
                List.of("a"),
                Action.CASCADE,
                Action.NO_ACTION,
                Deferrability.NOT_DEFERRABLE)),
        List.of(),
        List.of());
  }

  private static SchemaComparison compare(Schema expected, Schema actual) {
    return SchemaComparison.of(Side.postgresql(expected), Side.postgresql(actual));
  }

  private static Schema schema(Table... tables) {
    return new Schema("s", List.of(tables), List.of(), List.of());
  }

  private static Table table(String name, Column... columns) {
    return new Table(name, List.of(columns), null, List.of(), List.of(), List.of(), List.of());
  }

  private static Column column(
      String name, String type, boolean nullable, @Nullable String defaultValue) {
    return new Column(name, type, nullable, defaultValue, Identity.NONE, null, null);
  }
}
