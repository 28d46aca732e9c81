package dev.outgrow.schema.comparison;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What of two lists belongs together: by the first key that two entries have in common, each entry
 * once, in order.
 *
 * @param both pairs, in the order of the expected list
 * @param missing what only the expected list has
 * @param unexpected what only the actual list has
 */
record Pairs<T>(List<Pair<T>> both, List<T> missing, List<T> unexpected) {

  /** Two entries that belong together. */
  record Pair<T>(T expected, T actual) {}

  /** Finds what belongs together. An entry for which a key is null takes no part in it. */
  static <T> Pairs<T> of(
      List<T> expected, List<T> actual, List<Function<T, @Nullable Object>> keys) {
    IdentityHashMap<T, T> partner = new IdentityHashMap<>();
    IdentityHashMap<T, Boolean> taken = new IdentityHashMap<>();
    for (Function<T, @Nullable Object> key : keys) {
      Map<Object, Deque<T>> free = free(actual, taken, key);
      for (T one : expected) {
        Object value = partner.containsKey(one) ? null : key.apply(one);
        Deque<T> candidates = value == null ? null : free.get(value);
        if (candidates != null && !candidates.isEmpty()) {
          T other = candidates.remove();
          partner.put(one, other);
          taken.put(other, true);
        }
      }
    }
    List<Pair<T>> both = new ArrayList<>();
    for (T one : expected) {
      T other = partner.get(one);
      if (other != null) {
        both.add(new Pair<>(one, other));
      }
    }
    return new Pairs<>(
        both,
        expected.stream().filter(e -> !partner.containsKey(e)).toList(),
        actual.stream().filter(a -> !taken.containsKey(a)).toList());
  }

  private static <T> Map<Object, Deque<T>> free(
      List<T> actual, IdentityHashMap<T, Boolean> taken, Function<T, @Nullable Object> key) {
    Map<Object, Deque<T>> free = new HashMap<>();
    for (T one : actual) {
      Object value = taken.containsKey(one) ? null : key.apply(one);
      if (value != null) {
        free.computeIfAbsent(value, v -> new ArrayDeque<>()).add(one);
      }
    }
    return free;
  }
}
