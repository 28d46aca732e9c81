package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.ForeignKey.Match;
import dev.outgrow.schema.Generated;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.NamedObject;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.Sequence;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.Trigger;
import dev.outgrow.schema.UniqueKey;
import dev.outgrow.schema.View;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every schema that differs from one in a single place: each record of it is taken out once, and
 * each of its components is changed once. Made from the records themselves, so that a component
 * added to the vocabulary is asked for in the comparison, too.
 */
final class Mutations {
  /**
   * A changed schema.
   *
   * @param where the component that was changed or taken out, for people
   */
  record Mutation(String where, Schema schema) {
    @Override
    public String toString() {
      return where;
    }
  }

  private Mutations() {}

  static List<Mutation> of(Schema schema) {
    List<Mutation> mutations = new ArrayList<>();
    for (Change change : changes(schema, "schema")) {
      mutations.add(new Mutation(change.where(), (Schema) Objects.requireNonNull(change.value())));
    }
    return mutations;
  }

  private record Change(String where, @Nullable Object value) {}

  private static List<Change> changes(@Nullable Object value, String where) {
    if (value instanceof Record whole) {
      return ofRecord(whole, where);
    }
    if (value instanceof List<?> list) {
      return ofList(list, where);
    }
    return List.of(new Change(where, other(value, where)));
  }

  private static List<Change> ofRecord(Record whole, String where) {
    List<Change> changes = new ArrayList<>();
    RecordComponent[] components = whole.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      String path = where + "." + components[i].getName();
      if (path.equals("schema.name")) {
        continue;
      }
      for (Change change : changes(valueOf(whole, components[i]), path)) {
        Object[] values = new Object[components.length];
        for (int j = 0; j < values.length; j++) {
          values[j] = i == j ? change.value() : valueOf(whole, components[j]);
        }
        changes.add(new Change(change.where(), make(whole, components, values)));
      }
      if (valueOf(whole, components[i]) instanceof Record) {
        Object[] values =
            Arrays.stream(components).map(c -> valueOf(whole, c)).toArray(Object[]::new);
        values[i] = null;
        changes.add(new Change(path + " taken out", make(whole, components, values)));
      }
    }
    return changes;
  }

  private static List<Change> ofList(List<?> list, String where) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      List<Object> without = new ArrayList<>(list);
      without.remove(i);
      if (!without.isEmpty() || !(where.endsWith("s.columns") || where.endsWith("parts"))) {
        changes.add(new Change(where + "[" + i + "] taken out", without));
      }
      for (Change change : changes(list.get(i), where + "[" + i + "]")) {
        List<@Nullable Object> changed = new ArrayList<>(list);
        changed.set(i, change.value());
        changes.add(new Change(change.where(), changed));
      }
    }
    return changes;
  }

  private static Object other(@Nullable Object value, String where) {
    if (value == null) {
      return missing(where);
    }
    if (value instanceof String text) {
      return text + "2";
    }
    if (value instanceof Boolean yes) {
      return !yes;
    }
    if (value instanceof Long number) {
      return number + 1;
    }
    if (value instanceof Map<?, ?>) {
      return Map.of("collated", "by");
    }
    Object[] all = ((Enum<?>) value).getDeclaringClass().getEnumConstants();
    return all[(Arrays.asList(all).indexOf(value) + 1) % all.length];
  }

  private static Object missing(String where) {
    String component = where.substring(where.lastIndexOf('.') + 1);
    return switch (component) {
      case "generated" -> new Generated("1", true);
      case "nulls" -> Index.Nulls.FIRST;
      case "owner" -> new Sequence.Owner("t", "c", true);
      case "primaryKey" -> new PrimaryKey("pk", List.of("a"));
      default -> "something";
    };
  }

  private static @Nullable Object valueOf(Record whole, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(whole);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object make(Record like, RecordComponent[] components, @Nullable Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return like.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a schema that has one of everything, its names made of a given one. */
  static Schema rich(String name) {
    Table users =
        new Table(
            name + "users",
            List.of(
                column(name + "id", Identity.BY_DEFAULT, null), column("b", Identity.NONE, "1")),
            new PrimaryKey(name + "pk", List.of(name + "id", "b")),
            List.of(
                new UniqueKey(null, List.of("b")),
                new UniqueKey(
                    "uq", List.of(name + "id"), Map.of(), Deferrability.INITIALLY_DEFERRED, false)),
            List.of(),
            List.of(new Check(name + "ck", "b > 0"), new Check(null, "b < 9")),
            List.of());
    Table plays =
        new Table(
            name + "plays",
            List.of(
                column("who", Identity.NONE, null),
                new Column(
                    "twice",
                    "int",
                    false,
                    null,
                    Identity.NONE,
                    new Generated("who * 2", true),
                    "C")),
            null,
            List.of(),
            List.of(
                new ForeignKey(
                    name + "fk",
                    List.of("who"),
                    name + "users",
                    List.of(name + "id"),
                    Action.CASCADE,
                    Action.NO_ACTION,
                    Deferrability.NOT_DEFERRABLE,
                    Match.FULL,
                    false)),
            List.of(),
            List.of(
                new Index(
                    name + "ix",
                    true,
                    List.of(
                        new Index.Part("who", null, true, null, Index.Nulls.LAST, null),
                        new Index.Part(null, "who + 1", false, "C")),
                    "who > 0",
                    "btree",
                    List.of("twice"),
                    false),
                new Index("plain", false, List.of(new Index.Part("who", null, false, null)), null)),
            "RANGE (who)");
    return new Schema(
        "s",
        List.of(users, plays),
        List.of(new View(name + "v", "SELECT 1")),
        List.of(new Trigger(name + "t", name + "users", "CREATE TRIGGER")),
        List.of(
            new Sequence(name + "q", "bigint", 1, 1, 1, 9, 1, false, null),
            new Sequence(
                "r", "bigint", 1, 1, 1, 9, 1, false, new Sequence.Owner(name, "b", false))),
        List.of(
            new NamedObject(NamedObject.Kind.ENUM, null, name + "mood", "'sad'"),
            new NamedObject(NamedObject.Kind.PARTITION, name + "plays", "p", "DEFAULT")));
  }

  private static Column column(String name, Identity identity, @Nullable String defaultValue) {
    return new Column(name, "integer", true, defaultValue, identity, null, null);
  }
}
