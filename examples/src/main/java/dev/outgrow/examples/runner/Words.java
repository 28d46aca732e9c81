package dev.outgrow.examples.runner;

import dev.outgrow.importer.BadRows;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.existing.Append;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.migration.safety.Safety;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns the words of options into what they stand for. */
final class Words {
  private Words() {}

  /** The words of an option, for its completion. */
  private abstract static class Candidates implements Iterable<String> {
    private final List<String> words;

    Candidates(String... words) {
      this.words = List.of(words);
    }

    @Override
    public Iterator<String> iterator() {
      return words.iterator();
    }
  }

  /** The words after {@code --orphans}. */
  static final class OrphansWords extends Candidates {
    OrphansWords() {
      super("fail", "reject", "null", "keep");
    }
  }

  /** The words after {@code --on-bad-row}. */
  static final class BadRowsWords extends Candidates {
    BadRowsWords() {
      super("fail", "reject");
    }
  }

  /** The words after {@code --append}. */
  static final class AppendWords extends Candidates {
    AppendWords() {
      super("upsert", "missing");
    }
  }

  /** The words after {@code --built-in-copy}. */
  static final class BuiltInCopyWords extends Candidates {
    BuiltInCopyWords() {
      super("refused", "allowed", "always");
    }
  }

  /** The words after {@code --safety}. */
  static final class SafetyWords extends Candidates {
    SafetyWords() {
      super("warn", "refuse", "off");
    }
  }

  /** The words after {@code --orphans}. */
  static final class OrphansConverter implements ITypeConverter<Orphans> {
    @Override
    public Orphans convert(String word) {
      return Orphans.ofWord(word).orElseThrow(() -> unknown(word, "fail, reject, null, keep"));
    }
  }

  /** The words after {@code --on-bad-row}. */
  static final class BadRowsConverter implements ITypeConverter<BadRows> {
    @Override
    public BadRows convert(String word) {
      return BadRows.ofWord(word).orElseThrow(() -> unknown(word, "fail, reject"));
    }
  }

  /** The words after {@code --append}. */
  static final class AppendConverter implements ITypeConverter<Append> {
    @Override
    public Append convert(String word) {
      return switch (word) {
        case "upsert" -> Append.UPSERT;
        case "missing" -> Append.MISSING;
        default -> throw unknown(word, "upsert, missing");
      };
    }
  }

  /** All words after {@code --accept}, for the help. */
  static final class KindWords extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    KindWords() {
      super(Arrays.stream(Kind.values()).map(Kind::word).toList());
    }
  }

  /** The words after {@code --accept}. */
  static final class KindConverter implements ITypeConverter<Kind> {
    @Override
    public Kind convert(String word) {
      String all = Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));
      return Kind.ofWord(word).orElseThrow(() -> unknown(word, all));
    }
  }

  /** The words after {@code --safety}. */
  static final class SafetyConverter implements ITypeConverter<Safety> {
    @Override
    public Safety convert(String word) {
      return switch (word) {
        case "warn" -> Safety.warn();
        case "refuse" -> Safety.refuse();
        case "off" -> Safety.off();
        default -> throw unknown(word, "warn, refuse, off");
      };
    }
  }

  /** A time: a number with its unit, or 0. */
  static final class TimeConverter implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m)");

    @Override
    public Duration convert(String text) {
      Matcher time = TIME.matcher(text.equals("0") ? "0s" : text);
      if (!time.matches()) {
        throw new TypeConversionException("\"" + text + "\" is not a time such as 500ms, 5s or 1m");
      }
      long number = Long.parseLong(time.group(1));
      return switch (time.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        default -> Duration.ofMinutes(number);
      };
    }
  }

  private static TypeConversionException unknown(String word, String allowed) {
    return new TypeConversionException("\"" + word + "\" is not one of " + allowed);
  }
}
