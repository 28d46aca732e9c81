package dev.outgrow.examples.media;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes up titles in many scripts; some are decomposed, as files from other systems are. */
final class Titles {
  private record Language(List<String> first, List<String> last, String pattern) {
    static Language parse(String block) {
      String[] lines = block.strip().split("\n", -1);
      return new Language(
          List.of(lines[0].split("\\|", -1)), List.of(lines[1].split("\\|", -1)), lines[2]);
    }

    String title(Random random) {
      return pattern.formatted(
          first.get(random.nextInt(first.size())), last.get(random.nextInt(last.size())));
    }
  }

  private final List<Language> languages =
      Arrays.stream(MediaHistory.resource("words.txt").split("\n\n", -1))
          .filter(block -> !block.startsWith("#"))
          .map(Language::parse)
          .toList();
  private final Random random;

  Titles(Random random) {
    this.random = random;
  }

  String next() {
    // English every other time, as most libraries are a mixture with one language in front.
    int language = random.nextBoolean() ? 0 : random.nextInt(languages.size());
    String title = languages.get(language).title(random);
    return random.nextInt(8) == 0 ? Normalizer.normalize(title, Normalizer.Form.NFD) : title;
  }
}
