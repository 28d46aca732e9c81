package dev.outgrow.importer.salvage;

/** Which of a list of keys can be kept so that they ascend, and the fewest are given up. */
final class Ascending {
  private Ascending() {}

  /**
   * Returns for each key whether it is kept.
   *
   * @param above every kept key is greater than this
   * @param upTo no kept key is greater than this
   */
  static boolean[] kept(long[] keys, long above, long upTo) {
    int[] ends = new int[keys.length]; // the smallest last key of an ascending row of each length
    int[] before = new int[keys.length];
    int longest = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] <= above || keys[i] > upTo) {
        continue;
      }
      int length = lengthBefore(keys, ends, longest, keys[i]);
      before[i] = length == 0 ? -1 : ends[length - 1];
      ends[length] = i;
      longest = Math.max(longest, length + 1);
    }
    boolean[] kept = new boolean[keys.length];
    for (int i = longest == 0 ? -1 : ends[longest - 1]; i >= 0; i = before[i]) {
      kept[i] = true;
    }
    return kept;
  }

  private static int lengthBefore(long[] keys, int[] ends, int longest, long key) {
    int low = 0;
    int high = longest;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keys[ends[middle]] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
