package dev.outgrow.examples.runner;

import dev.outgrow.importer.BadRows;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.mapping.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns the words of options into what they stand for. */
final class Words {
  private Words() {}

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

  private static TypeConversionException unknown(String word, String allowed) {
    return new TypeConversionException("\"" + word + "\" is not one of " + allowed);
  }
}
