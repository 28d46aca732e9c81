package dev.outgrow.importer.mapping;

import dev.outgrow.schema.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A declared type taken apart: {@code Decimal(10, 2)} is {@code decimal} with 10 and 2.
 *
 * @param words what is not in the brackets, in small letters, one blank between words
 * @param numbers the whole numbers in the brackets; none if anything else is there
 */
record DeclaredName(String words, List<Integer> numbers) {
  private static final Pattern PARTS = Pattern.compile("([^(]*)(?:\\(([^)]*)\\))?(.*)");
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\n\\x0B\\f\\r]+");
  private static final Pattern NUMBER = Pattern.compile("[+]?[0-9]{1,9}");

  DeclaredName {
    numbers = List.copyOf(numbers);
  }

  static DeclaredName of(String declared) {
    Matcher parts = PARTS.matcher(Identifier.folded(declared));
    if (!parts.matches()) {
      return new DeclaredName(declared, List.of()); // a line break behind the brackets
    }
    String words = BLANKS.matcher(parts.group(1) + " " + parts.group(3)).replaceAll(" ").strip();
    return new DeclaredName(words, parts.group(2) == null ? List.of() : numbers(parts.group(2)));
  }

  private static List<Integer> numbers(String list) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      String number = BLANKS.matcher(part).replaceAll("");
      if (!NUMBER.matcher(number).matches()) {
        return List.of();
      }
      numbers.add(Integer.valueOf(number));
    }
    return numbers;
  }
}
