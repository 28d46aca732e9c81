package dev.outgrow.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses each dependency on a package from which a way leads back. ArchUnit's own {@code
 * beFreeOfCycles} (1.5.0) leaves out cycles when there are several: in the tree of violations it
 * does not see the one between {@code backup} and {@code exporter}.
 */
final class PackageCycles extends ArchCondition<JavaClass> {
  private final String root;
  private final Map<String, Set<String>> reachable = new HashMap<>();

  PackageCycles(String root) {
    super("be in no package cycle");
    this.root = root;
  }

  @Override
  public void init(Collection<JavaClass> classes) {
    Map<String, Set<String>> edges = new HashMap<>();
    classes.forEach(
        type ->
            between(type)
                .forEach(
                    dependency ->
                        edges
                            .computeIfAbsent(origin(dependency), name -> new HashSet<>())
                            .add(target(dependency))));
    reachable.clear();
    edges.keySet().forEach(start -> reachable.put(start, walk(edges, start)));
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    between(type)
        .filter(
            dependency ->
                reachable.getOrDefault(target(dependency), Set.of()).contains(origin(dependency)))
        .forEach(
            dependency ->
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
  }

  private static Set<String> walk(Map<String, Set<String>> edges, String start) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(edges.getOrDefault(start, Set.of()));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (seen.add(next)) {
        open.addAll(edges.getOrDefault(next, Set.of()));
      }
    }
    return seen;
  }

  /** Returns a class's dependencies from its package to another of ours. */
  private Stream<Dependency> between(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> (target(dependency) + ".").startsWith(root + "."))
        .filter(dependency -> !target(dependency).equals(origin(dependency)));
  }

  private static String origin(Dependency dependency) {
    return dependency.getOriginClass().getPackageName();
  }

  private static String target(Dependency dependency) {
    return dependency.getTargetClass().getPackageName();
  }
}
