package dev.outgrow.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The strongly connected components of a graph: groups of nodes that all reach each other. Found
 * with Tarjan's algorithm, on a stack of its own instead of the thread's.
 *
 * @param members the nodes of each group in ascending order, groups in order of their first node
 * @param targets for each group, the other groups it leads to
 */
record Groups(List<List<Integer>> members, List<Set<Integer>> targets) {

  /** Groups the nodes {@code 0} to {@code size - 1} of a graph. */
  static Groups of(List<Set<Integer>> graph) {
    List<List<Integer>> members = new Search(graph).groups();
    members.forEach(group -> group.sort(Comparator.naturalOrder()));
    members.sort(Comparator.comparing(group -> group.get(0)));
    int[] groupOf = new int[graph.size()];
    for (int group = 0; group < members.size(); group++) {
      for (int node : members.get(group)) {
        groupOf[node] = group;
      }
    }
    List<Set<Integer>> targets = new ArrayList<>();
    for (int group = 0; group < members.size(); group++) {
      Set<Integer> found = new LinkedHashSet<>();
      for (int node : members.get(group)) {
        graph.get(node).forEach(target -> found.add(groupOf[target]));
      }
      found.remove(group);
      targets.add(found);
    }
    return new Groups(members, targets);
  }

  /**
   * Returns the members of each group behind those of the groups it leads to. Where several could
   * come next, the first one does.
   */
  List<List<Integer>> ordered() {
    int[] waitsFor = targets.stream().mapToInt(Set::size).toArray();
    List<List<Integer>> waiting = sources();
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int group = 0; group < waitsFor.length; group++) {
      if (waitsFor[group] == 0) {
        ready.add(group);
      }
    }
    List<List<Integer>> ordered = new ArrayList<>();
    while (!ready.isEmpty()) {
      int group = ready.remove();
      ordered.add(members.get(group));
      for (int waiter : waiting.get(group)) {
        if (--waitsFor[waiter] == 0) {
          ready.add(waiter);
        }
      }
    }
    return ordered;
  }

  /** Returns, for each group, the others that lead to it. */
  private List<List<Integer>> sources() {
    List<List<Integer>> sources = new ArrayList<>();
    members.forEach(group -> sources.add(new ArrayList<>()));
    for (int group = 0; group < targets.size(); group++) {
      for (int target : targets.get(group)) {
        sources.get(target).add(group);
      }
    }
    return sources;
  }

  private static final class Search {
    private static final int UNSEEN = -1;

    private final List<Set<Integer>> graph;
    private final List<List<Integer>> groups = new ArrayList<>();
    private final int[] seenAs;
    private final int[] lowest;
    private final boolean[] open;
    private final Deque<Integer> opened = new ArrayDeque<>();
    private final Deque<Visit> path = new ArrayDeque<>();
    private int seen;

    private Search(List<Set<Integer>> graph) {
      this.graph = graph;
      this.seenAs = new int[graph.size()];
      this.lowest = new int[graph.size()];
      this.open = new boolean[graph.size()];
      Arrays.fill(seenAs, UNSEEN);
    }

    private List<List<Integer>> groups() {
      for (int node = 0; node < graph.size(); node++) {
        if (seenAs[node] == UNSEEN) {
          enter(node);
          while (!path.isEmpty()) {
            step();
          }
        }
      }
      return groups;
    }

    private void enter(int node) {
      seenAs[node] = seen;
      lowest[node] = seen;
      seen++;
      opened.push(node);
      open[node] = true;
      path.push(new Visit(node, graph.get(node).iterator()));
    }

    /** Follows one edge of the node at the end of the path, or goes back from it. */
    private void step() {
      Visit visit = path.element();
      if (!visit.targets().hasNext()) {
        leave(visit.node());
        return;
      }
      int target = visit.targets().next();
      if (seenAs[target] == UNSEEN) {
        enter(target);
      } else if (open[target]) {
        lowest[visit.node()] = Math.min(lowest[visit.node()], seenAs[target]);
      }
    }

    private void leave(int node) {
      path.pop();
      if (!path.isEmpty()) {
        int parent = path.element().node();
        lowest[parent] = Math.min(lowest[parent], lowest[node]);
      }
      if (lowest[node] < seenAs[node]) {
        return;
      }
      List<Integer> group = new ArrayList<>();
      int member;
      do {
        member = opened.pop();
        open[member] = false;
        group.add(member);
      } while (member != node);
      groups.add(group);
    }
  }

  private record Visit(int node, Iterator<Integer> targets) {}
}
