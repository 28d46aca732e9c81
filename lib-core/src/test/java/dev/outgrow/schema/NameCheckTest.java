package dev.outgrow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.NameCheck.Rename;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NameCheckTest {
  private static final String LONG = "ä".repeat(40);

  @Test
  void saysNothingOfNamesThatKeepTheConvention() {
    Table table =
        table(
            "pk_t", "uq_t_a_b", "fk_t_a", "ck_t_positive", index("ix_t_a"), index("ix_t_a_active"));

    assertThat(NameCheck.of(schema(table)).kept()).isTrue();
  }

  @Test
  void saysWhatOtherNamesShouldBe() {
    Table table = table("t_pkey", "once", "ref", "positive", index("by_a"), index("ix_t"));

    assertThat(NameCheck.of(schema(table)).renames())
        .startsWith(
            new Rename(NamingConvention.PRIMARY_KEY, "t", "t_pkey", "pk_t"),
            new Rename(NamingConvention.UNIQUE_KEY, "t", "once", "uq_t_a_b"),
            new Rename(NamingConvention.FOREIGN_KEY, "t", "ref", "fk_t_a"),
            new Rename(NamingConvention.CHECK, "t", "positive", "ck_t_positive"),
            new Rename(NamingConvention.INDEX, "t", "by_a", "ix_t_a"))
        .hasSize(6)
        .extracting(Rename::shouldBe)
        .doesNotHaveDuplicates()
        .last()
        .asString()
        .matches("ix_t_a_[0-9a-f]{8}");
    assertThat(NameCheck.of(schema(table)).renames().get(0).text())
        .isEqualTo("table t: primary key t_pkey should be pk_t");
  }

  @Test
  void passesOverConstraintsWithoutAName() {
    assertThat(NameCheck.of(schema(table(null, null, null, null))).kept()).isTrue();
  }

  @Test
  void doesNotProposeANameThatIsTaken() {
    Schema schema =
        new Schema("s", List.of(table("x", null, null, null), plain("pk_t")), List.of(), List.of());

    assertThat(NameCheck.of(schema).renames())
        .singleElement()
        .extracting(Rename::shouldBe)
        .asString()
        .matches("pk_t_[0-9a-f]{8}");
  }

  /** Whoever follows the proposals has nothing left to rename. */
  @Property(tries = 300, seed = "4711")
  void proposesNamesThatAreKeptWholeAndKeepTheConvention(
      @ForAll @StringLength(min = 1, max = 70) String table,
      @ForAll @Size(5) List<@StringLength(min = 1, max = 70) String> names) {
    NameCheck check = NameCheck.of(schema(named(table, names)));
    List<String> renamed = new ArrayList<>(names);
    for (Rename rename : check.renames()) {
      assertThat(rename.shouldBe().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
      renamed.set(ORDER.indexOf(rename.kind()), rename.shouldBe());
    }
    assertThat(NameCheck.of(schema(named(table, renamed))).kept()).isTrue();
  }

  private static final List<NamingConvention> ORDER =
      List.of(
          NamingConvention.PRIMARY_KEY,
          NamingConvention.UNIQUE_KEY,
          NamingConvention.FOREIGN_KEY,
          NamingConvention.CHECK,
          NamingConvention.INDEX);

  private static Table named(String table, List<String> names) {
    Table made = table(names.get(0), names.get(1), names.get(2), names.get(3), index(names.get(4)));
    return new Table(
        table,
        made.columns(),
        made.primaryKey(),
        made.uniqueKeys(),
        made.foreignKeys(),
        made.checks(),
        made.indexes());
  }

  @Test
  void keepsLongNamesApart() {
    assertThat(NamingConvention.INDEX.name(LONG, List.of("a")))
        .isNotEqualTo(NamingConvention.INDEX.name(LONG, List.of("b")));
    Table proposed =
        table(
            "pk_t",
            NamingConvention.UNIQUE_KEY.name("t", List.of("a", "b")),
            "fk_t_a",
            NamingConvention.CHECK.name("t", List.of(LONG)));
    assertThat(NameCheck.of(schema(proposed)).kept()).isTrue();
  }

  private static Schema schema(Table... tables) {
    return new Schema("s", List.of(tables), List.of(), List.of());
  }

  private static Index index(String name) {
    return new Index(name, false, List.of(new Index.Part("a", null, false, null)), null);
  }

  private static Table plain(String name) {
    return new Table(name, List.of(), null, List.of(), List.of(), List.of(), List.of());
  }

  private static Table table(
      @Nullable String primaryKey,
      @Nullable String unique,
      @Nullable String foreign,
      @Nullable String check,
      Index... indexes) {
    return new Table(
        "t",
        List.of(),
        new PrimaryKey(primaryKey, List.of("a")),
        List.of(new UniqueKey(unique, List.of("a", "b"))),
        List.of(
            new ForeignKey(
                foreign,
                List.of("a"),
                "t",
                List.of("a"),
                Action.NO_ACTION,
                Action.NO_ACTION,
                Deferrability.NOT_DEFERRABLE)),
        List.of(new Check(check, "a > 0")),
        List.of(indexes));
  }
}
