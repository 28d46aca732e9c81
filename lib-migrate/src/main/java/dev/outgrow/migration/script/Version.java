package dev.outgrow.migration.script;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A migration's version: numbers separated by points, as {@code 12} or {@code 2026.11.21}. Versions
 * are compared number by number, as Flyway does: {@code 1.0} is {@code 1}, and {@code 10} is behind
 * {@code 9}.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Version implements Comparable<Version> {
  private static final Pattern FORM = Pattern.compile("[0-9]+(?:[._][0-9]+)*");

  private final String text;
  private final List<BigInteger> numbers;

  private Version(String text, List<BigInteger> numbers) {
    this.text = text;
    this.numbers = List.copyOf(numbers);
  }

  /** Reads a version; empty if the text is none. An underline stands for a point. */
  public static Optional<Version> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    String points = text.replace('_', '.');
    List<BigInteger> numbers =
        new ArrayList<>(Arrays.stream(points.split("\\.")).map(BigInteger::new).toList());
    while (!numbers.isEmpty() && numbers.get(numbers.size() - 1).signum() == 0) {
      numbers.remove(numbers.size() - 1);
    }
    return Optional.of(new Version(points, numbers));
  }

  /** Returns whether it is 0: what stands for a schema before its first migration. */
  public boolean isBase() {
    return numbers.isEmpty();
  }

  @Override
  public int compareTo(Version other) {
    int common = Math.min(numbers.size(), other.numbers.size());
    for (int i = 0; i < common; i++) {
      int order = numbers.get(i).compareTo(other.numbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(numbers.size(), other.numbers.size());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version version && numbers.equals(version.numbers);
  }

  @Override
  public int hashCode() {
    return numbers.hashCode();
  }

  /** Returns the text it was read from, with points. */
  @Override
  public String toString() {
    return text;
  }
}
