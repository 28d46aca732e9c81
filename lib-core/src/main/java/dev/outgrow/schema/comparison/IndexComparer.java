package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Index;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.comparison.Findings.Place;
import dev.outgrow.schema.comparison.Pairs.Pair;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the indexes of two tables. */
final class IndexComparer {
  private final Findings findings;
  private final Table expected;
  private final Table actual;

  IndexComparer(Findings findings, Pair<Table> tables) {
    this.findings = findings;
    this.expected = tables.expected();
    this.actual = tables.actual();
  }

  void compare() {
    Pairs<Index> pairs =
        Pairs.of(
            expected.indexes(),
            actual.indexes(),
            List.of(
                Index::name,
                i -> findings.key(i.name()),
                i -> Arrays.asList(i.unique(), parts(i), predicate(i), i.method())));
    pairs.missing().forEach(i -> findings.missing(place(i), Words.index(i)));
    pairs.unexpected().forEach(i -> findings.unexpected(place(i), Words.index(i)));
    pairs.both().forEach(pair -> index(pair.expected(), pair.actual()));
  }

  private Place place(Index index) {
    return new Place(Part.INDEX, expected.name(), index.name());
  }

  private List<@Nullable Object> parts(Index index) {
    return index.parts().stream().<@Nullable Object>map(this::part).toList();
  }

  private Object part(Index.Part part) {
    String column = part.column();
    String expression = String.valueOf(part.expression());
    return column == null
        ? findings.across() ? Expressions.plain(expression) : expression
        : findings.key(column);
  }

  private @Nullable Object predicate(Index index) {
    String predicate = index.predicate();
    return predicate == null || !findings.across() ? predicate : Expressions.plain(predicate);
  }

  private void index(Index before, Index now) {
    Place place = place(before);
    findings.name(place, before.name(), now.name());
    findings.same(place, Property.UNIQUE, before.unique(), now.unique());
    columns(place, before, now);
    findings.expression(place, Property.PREDICATE, before.predicate(), now.predicate());
    findings.same(place, Property.METHOD, before.method(), now.method());
    findings.names(place, Property.INCLUDED, before.included(), now.included());
    findings.same(place, Property.NULLS_DISTINCT, before.nullsDistinct(), now.nullsDistinct());
  }

  private void columns(Place place, Index before, Index now) {
    boolean open = false;
    boolean same = before.parts().size() == now.parts().size();
    for (int i = 0; same && i < before.parts().size(); i++) {
      Index.Part one = before.parts().get(i);
      Index.Part other = now.parts().get(i);
      same = same(one, other);
      open |= findings.across() && isOpen(one, other);
    }
    if (!same) {
      findings.changed(place, Property.COLUMNS, Words.parts(before), Words.parts(now));
    } else if (open) {
      findings.open(
          place,
          Property.COLUMNS,
          Words.parts(before),
          Words.parts(now),
          "as each backend has its own SQL and collations");
    }
  }

  private boolean same(Index.Part one, Index.Part other) {
    boolean sameColumn = Objects.equals(columnKey(one), columnKey(other));
    boolean ordered = sameColumn && one.descending() == other.descending();
    return findings.across()
        ? ordered && Objects.equals(one.operatorClass(), other.operatorClass())
        : ordered && withoutColumn(one).equals(withoutColumn(other));
  }

  private @Nullable String columnKey(Index.Part part) {
    String column = part.column();
    return column == null ? null : findings.key(column);
  }

  private Index.Part withoutColumn(Index.Part part) {
    String expression = part.expression();
    return new Index.Part(
        null, expression, part.descending(), part.collation(), part.nulls(), part.operatorClass());
  }

  private static boolean isOpen(Index.Part one, Index.Part other) {
    boolean collated = one.collation() != null || other.collation() != null;
    String before = one.expression();
    String now = other.expression();
    return collated || (before != null && now != null && !Expressions.same(before, now));
  }
}
