package dev.outgrow.migration.authoring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Objects of two schemas, told apart by their names.
 *
 * @param gone those that are there now and not wanted
 * @param added those that are wanted and not there
 * @param changed those that differ
 * @param same those that do not
 */
record Named<T>(List<T> gone, List<T> added, List<Pair<T>> changed, List<Pair<T>> same) {
  /** One object as it is and as it is to be. */
  record Pair<T>(T now, T wanted) {}

  static <T, K> Named<T> of(
      Collection<T> now, Collection<T> wanted, Function<T, K> name, BiPredicate<T, T> equal) {
    Map<K, T> there = new LinkedHashMap<>();
    now.forEach(object -> there.put(name.apply(object), object));
    Named<T> named =
        new Named<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (T object : wanted) {
      T before = there.remove(name.apply(object));
      if (before == null) {
        named.added.add(object);
      } else {
        (equal.test(before, object) ? named.same : named.changed).add(new Pair<>(before, object));
      }
    }
    named.gone.addAll(there.values());
    return named;
  }

  /** Returns what has to go: what is not wanted, and what is there in another form. */
  List<T> removed() {
    List<T> all = new ArrayList<>(gone);
    changed.forEach(pair -> all.add(pair.now()));
    return all;
  }

  /** Returns what has to be made: what is not there, and what is there in another form. */
  List<T> made() {
    List<T> all = new ArrayList<>(added);
    changed.forEach(pair -> all.add(pair.wanted()));
    return all;
  }
}
