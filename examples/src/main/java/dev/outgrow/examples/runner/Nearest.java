package dev.outgrow.examples.runner;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which word somebody meant who mistyped one. */
final class Nearest {
  private Nearest() {}

  /**
   * Returns at most two words that take the fewest letters added, left out, changed or exchanged
   * with their neighbour: no more than a third of the letters typed, and no more than three.
   */
  static List<String> to(String typed, Collection<String> words) {
    int most = Math.min(3, Math.max(1, typed.length() / 3));
    int least = words.stream().mapToInt(word -> distance(typed, word)).min().orElse(most + 1);
    return words.stream()
        .filter(word -> least <= most && distance(typed, word) == least)
        .sorted(Comparator.naturalOrder())
        .limit(2)
        .toList();
  }

  private static int distance(String a, String b) {
    int[][] changes = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        changes[i][j] = i == 0 || j == 0 ? i + j : least(changes, a, b, i, j);
      }
    }
    return changes[a.length()][b.length()];
  }

  private static int least(int[][] changes, String a, String b, int i, int j) {
    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least = Math.min(changes[i - 1][j], changes[i][j - 1]) + 1;
    least = Math.min(least, changes[i - 1][j - 1] + same);
    boolean exchanged =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return exchanged ? Math.min(least, changes[i - 2][j - 2] + 1) : least;
  }
}
