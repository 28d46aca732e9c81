package dev.outgrow.schema.comparison;

import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.Sequence;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.View;
import dev.outgrow.schema.comparison.Findings.Place;
import dev.outgrow.schema.comparison.Pairs.Pair;
import java.util.Arrays;
import java.util.List;

/** Compares what stands beside the tables of two schemas. */
final class ObjectsComparer {
  private final Findings findings;

  ObjectsComparer(Findings findings) {
    this.findings = findings;
  }

  void compare() {
    views();
    triggers();
    sequences();
    if (findings.across()) {
      findings.expected().schema().others().forEach(o -> openOther(o, definition(o), "none"));
      findings.actual().schema().others().forEach(o -> openOther(o, "none", definition(o)));
    } else {
      others();
    }
  }

  private void views() {
    Pairs<View> pairs =
        Pairs.of(
            findings.expected().schema().views(),
            findings.actual().schema().views(),
            List.of(View::name, v -> findings.key(v.name())));
    pairs.missing().forEach(v -> findings.missing(place(v), v.sql()));
    pairs.unexpected().forEach(v -> findings.unexpected(place(v), v.sql()));
    for (Pair<View> pair : pairs.both()) {
      Place place = place(pair.expected());
      findings.name(place, pair.expected().name(), pair.actual().name());
      findings.expression(place, Property.SQL, pair.expected().sql(), pair.actual().sql());
      findings.same(
          place,
          Property.MATERIALIZED,
          pair.expected().materialized(),
          pair.actual().materialized());
    }
  }

  private static Place place(View view) {
    return new Place(Part.VIEW, null, view.name());
  }

  private void triggers() {
    Pairs<Trigger> pairs =
        Pairs.of(
            findings.expected().schema().triggers(),
            findings.actual().schema().triggers(),
            List.of(
                t -> List.of(t.name(), findings.key(t.table())),
                t -> List.of(findings.key(t.name()), findings.key(t.table())),
                t -> findings.key(t.name())));
    pairs.missing().forEach(t -> findings.missing(place(t), t.sql()));
    pairs.unexpected().forEach(t -> findings.unexpected(place(t), t.sql()));
    for (Pair<Trigger> pair : pairs.both()) {
      Place place = place(pair.expected());
      findings.name(place, pair.expected().name(), pair.actual().name());
      if (!findings.key(pair.expected().table()).equals(findings.key(pair.actual().table()))) {
        findings.changed(place, Property.TABLE, pair.expected().table(), pair.actual().table());
      }
      findings.expression(place, Property.SQL, pair.expected().sql(), pair.actual().sql());
    }
  }

  private static Place place(Trigger trigger) {
    return new Place(Part.TRIGGER, trigger.table(), trigger.name());
  }

  private void sequences() {
    Pairs<Sequence> pairs =
        Pairs.of(
            sequences(findings.expected()), sequences(findings.actual()), List.of(Sequence::name));
    pairs.missing().forEach(s -> findings.missing(place(s), Words.sequence(s)));
    pairs.unexpected().forEach(s -> findings.unexpected(place(s), Words.sequence(s)));
    pairs.both().forEach(pair -> sequence(pair.expected(), pair.actual()));
  }

  /** SQLite has none; there the sequence of a column is part of the column. */
  private List<Sequence> sequences(Side side) {
    return side.schema().sequences().stream()
        .filter(s -> !findings.across() || s.owner() == null)
        .toList();
  }

  private static Place place(Sequence sequence) {
    return new Place(Part.SEQUENCE, null, sequence.name());
  }

  private void sequence(Sequence before, Sequence now) {
    Place place = place(before);
    findings.same(place, Property.TYPE, before.type(), now.type());
    findings.same(place, Property.START, before.start(), now.start());
    findings.same(place, Property.INCREMENT, before.increment(), now.increment());
    findings.same(place, Property.MINIMUM, before.minimum(), now.minimum());
    findings.same(place, Property.MAXIMUM, before.maximum(), now.maximum());
    findings.same(place, Property.CACHE, before.cache(), now.cache());
    findings.same(place, Property.CYCLE, before.cycle(), now.cycle());
    findings.same(place, Property.OWNER, Words.owner(before.owner()), Words.owner(now.owner()));
  }

  private void others() {
    Pairs<NamedObject> pairs =
        Pairs.of(
            findings.expected().schema().others(),
            findings.actual().schema().others(),
            List.of(o -> Arrays.asList(o.kind(), o.table(), findings.key(o.name()))));
    pairs.missing().forEach(o -> findings.missing(place(o), definition(o)));
    pairs.unexpected().forEach(o -> findings.unexpected(place(o), definition(o)));
    for (Pair<NamedObject> pair : pairs.both()) {
      Place place = place(pair.expected());
      findings.name(place, pair.expected().name(), pair.actual().name());
      findings.expression(
          place, Property.SQL, pair.expected().definition(), pair.actual().definition());
    }
  }

  private void openOther(NamedObject other, String before, String now) {
    findings.open(
        place(other), Property.SQL, before, now, "as the other backend has nothing of this kind");
  }

  private static Place place(NamedObject other) {
    return new Place(Part.OTHER, other.table(), other.name());
  }

  private static String definition(NamedObject other) {
    return other.kind().title() + " " + other.definition();
  }
}
