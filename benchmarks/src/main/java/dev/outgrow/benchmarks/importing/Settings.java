package dev.outgrow.benchmarks.importing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is measured. */
final class Settings {
  private static final String USAGE =
      """
      benchmarks/import [--scale 1.0] [--rounds 5] [--datasets narrow,wide,blob,many] [--ways WAY,…]
                        [--data DIR] [--json FILE] [--limit-seconds 600] [--seed 1] [--before FILE]
      Ways: outgrow, outgrow-library, pgloader, pgloader-tuned, sqlite-psql, limit. Without --data the files
      (12 GB at full scale) are in benchmarks/target/import, and stay there for the next time.\
      """;

  double scale = 1;
  int rounds = 5;
  Set<Dataset> datasets = EnumSet.allOf(Dataset.class);
  Set<Way> ways = EnumSet.allOf(Way.class);
  Path data = Path.of(System.getProperty("outgrow.benchmarks", "benchmarks"), "target", "import");
  @Nullable Path json;
  @Nullable Path before;
  Duration limit = Duration.ofMinutes(10);
  long seed = 1;

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException with the usage if they are wrong
   */
  static Settings of(String... arguments) {
    Settings settings = new Settings();
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        settings.set(arguments[i], i + 1 < arguments.length ? arguments[i + 1] : "");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + "\n" + USAGE, e);
    }
    return settings;
  }

  private void set(String option, String value) {
    switch (option) {
      case "--scale" -> scale = Double.parseDouble(value);
      case "--rounds" -> rounds = Integer.parseInt(value);
      case "--datasets" -> datasets = chosen(Dataset.class, value);
      case "--ways" -> ways = chosen(Way.class, value);
      case "--data" -> data = Path.of(value);
      case "--json" -> json = Path.of(value);
      case "--limit-seconds" -> limit = Duration.ofSeconds(Long.parseLong(value));
      case "--before" -> before = Path.of(value);
      case "--seed" -> seed = Long.parseLong(value);
      default -> throw new IllegalArgumentException(option + " is no option.");
    }
    if (value.isEmpty() || scale <= 0 || rounds < 1) {
      throw new IllegalArgumentException(option + " " + value + " makes no sense.");
    }
  }

  private static <E extends Enum<E>> Set<E> chosen(Class<E> type, String names) {
    EnumSet<E> chosen = EnumSet.noneOf(type);
    Arrays.stream(names.split(",", -1))
        .map(name -> Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_')))
        .forEach(chosen::add);
    return chosen;
  }
}
