package dev.outgrow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.schema.DependencyOrder.MissingReference;
import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {
  @Test
  void putsReferencedTablesFirstAndKeepsTheOrderOtherwise() {
    assertThat(names(order(table("a", "d"), table("b"), table("c", "a", "b"), table("d"))))
        .containsExactly("b", "d", "a", "c");
  }

  @Test
  void namesSelfReferencesAndOrdersThemLikeAnyOther() {
    DependencyOrder order = order(table("a", "a", "b"), table("b"), table("c", "C"));
    assertThat(names(order)).containsExactly("b", "a", "c");
    assertThat(order.selfReferences()).containsExactly("a", "c");
    assertThat(order.cycles()).isEmpty();
    assertThat(order.missing()).isEmpty();
  }

  @Test
  void namesCyclesAndKeepsTheirTablesTogether() {
    DependencyOrder order =
        order(
            table("a", "c"),
            table("b", "b", "d"),
            table("c", "a", "e"),
            table("d", "b"),
            table("e"),
            table("f", "a"));
    assertThat(names(order)).containsExactly("b", "d", "e", "a", "c", "f");
    assertThat(order.cycles()).containsExactly(List.of("b", "d"), List.of("a", "c"));
    assertThat(order.selfReferences()).containsExactly("b");
  }

  @Test
  void namesReferencesToTablesThatAreNotThere() {
    DependencyOrder order = order(table("a", "x", "b"), table("b"));
    assertThat(names(order)).containsExactly("b", "a");
    assertThat(order.missing()).containsExactly(new MissingReference("a", key("x")));
  }

  @Test
  void prefersTheExactNameAndElseTheOnlyOneOfAnotherCase() {
    DependencyOrder order =
        order(table("a", "P", "Q", "É"), table("p", "a"), table("P"), table("q"), table("é"));
    assertThat(names(order)).containsExactly("P", "q", "a", "p", "é");
    assertThat(order.missing()).containsExactly(new MissingReference("a", key("É")));
    assertThat(order(table("a", "Pp"), table("pP"), table("pp")).missing())
        .containsExactly(new MissingReference("a", key("Pp")));
  }

  @Test
  void ordersAnEmptySchema() {
    assertThat(order()).isEqualTo(new DependencyOrder(List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void followsChainsOfAnyLength() {
    int length = 50_000;
    List<String> expected = IntStream.range(0, length).mapToObj(i -> "t" + i).toList();
    Table[] chain =
        IntStream.range(0, length)
            .mapToObj(i -> i == 0 ? table("t0") : table("t" + i, "t" + (i - 1)))
            .toArray(Table[]::new);
    List<Table> backwards = new ArrayList<>(Arrays.asList(chain));
    Collections.reverse(backwards);
    assertThat(names(order(backwards.toArray(Table[]::new)))).isEqualTo(expected);
    chain[0] = table("t0", "t" + (length - 1));
    assertThat(order(chain).cycles()).containsExactly(expected);
  }

  /** Bit {@code 6 * i + j} says whether table i refers to table j. */
  @Property(tries = 2000)
  void agreesWithAClosureOfAllReferences(
      @ForAll @Size(6) List<@IntRange(max = 63) Integer> rows,
      @ForAll @IntRange(max = 63) int few) {
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int row = rows.get(i) & few;
      tables.add(
          table(
              "t" + i,
              IntStream.range(0, 6)
                  .filter(j -> (row >> j & 1) == 1)
                  .mapToObj(j -> "t" + j)
                  .toArray(String[]::new)));
    }
    DependencyOrder order = order(tables.toArray(Table[]::new));
    assertThat(order.tables()).isEqualTo(oracle(tables));
    assertThat(order.selfReferences())
        .containsExactlyElementsOf(
            order.tables().stream()
                .filter(table -> targets(table).contains(table.name()))
                .map(Table::name)
                .toList());
    assertThat(new HashSet<>(order.cycles()))
        .isEqualTo(
            new HashSet<>(
                tables.stream()
                    .map(table -> names(circle(table, tables)))
                    .filter(names -> names.size() > 1)
                    .toList()));
  }

  /** Takes again and again the first table whose whole circle refers to nothing that is left. */
  private static List<Table> oracle(List<Table> tables) {
    List<Table> left = new ArrayList<>(tables);
    List<Table> order = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Table> next =
          left.stream()
              .map(table -> circle(table, tables))
              .filter(
                  circle -> left.stream().allMatch(t -> circle.contains(t) || !leads(circle, t)))
              .findFirst()
              .orElseThrow();
      order.addAll(next);
      left.removeAll(next);
    }
    return order;
  }

  private static boolean leads(List<Table> from, Table to) {
    return from.stream().anyMatch(table -> targets(table).contains(to.name()));
  }

  /** Returns the tables that reach this one and are reached by it, itself included. */
  private static List<Table> circle(Table table, List<Table> tables) {
    return tables.stream()
        .filter(
            other ->
                other.equals(table)
                    || (reached(table, tables).contains(other.name())
                        && reached(other, tables).contains(table.name())))
        .toList();
  }

  private static Set<String> reached(Table table, List<Table> tables) {
    Set<String> reached = new HashSet<>(targets(table));
    for (int i = 0; i < tables.size(); i++) {
      for (Table other : tables) {
        if (reached.contains(other.name())) {
          reached.addAll(targets(other));
        }
      }
    }
    return reached;
  }

  private static List<String> targets(Table table) {
    return table.foreignKeys().stream().map(ForeignKey::referencedTable).toList();
  }

  private static DependencyOrder order(Table... tables) {
    return DependencyOrder.of(new Schema("main", List.of(tables), List.of(), List.of()));
  }

  private static List<String> names(DependencyOrder order) {
    return names(order.tables());
  }

  private static List<String> names(List<Table> tables) {
    return tables.stream().map(Table::name).toList();
  }

  private static Table table(String name, String... references) {
    List<ForeignKey> keys = Stream.of(references).map(DependencyOrderTest::key).toList();
    return new Table(name, List.of(), null, List.of(), keys, List.of(), List.of());
  }

  private static ForeignKey key(String table) {
    return new ForeignKey(
        null,
        List.of("x"),
        table,
        List.of(),
        Action.NO_ACTION,
        Action.NO_ACTION,
        Deferrability.NOT_DEFERRABLE);
  }
}
