package dev.outgrow.importer.mapping;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.source.Reading.BadText;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.source.Reading.Overlap;
import dev.outgrow.schema.Identifier;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One setting of a rule: its word, what may follow it, and what it does.
 *
 * @param word the word before the {@code =}
 * @param allowed what may follow, for people
 * @param effect what it says, for people
 * @param parser returns what is to be done to a rule, or nothing where the value is not allowed
 */
record RuleSetting(
    String word, String allowed, String effect, Function<String, Optional<Change>> parser) {
  /** What a setting does to a rule. */
  interface Change {
    void to(Rule.Builder rule);
  }

  private static final int MOST_NAME_BYTES = 63;

  static final List<RuleSetting> ROWS =
      List.of(
          words(
              "read",
              "how a cell is read; without it as is usual for the type",
              Arrays.stream(Form.values()).collect(Collectors.toMap(Form::word, f -> f)),
              Rule.Builder::form),
          new RuleSetting(
              "type",
              RuleTypes.ROWS.stream().map(RuleSetting::label).collect(Collectors.joining(", ")),
              "the type the column gets; without it as is usual for `read`",
              v ->
                  RuleTypes.parse(Identifier.folded(v.strip()).replaceAll("[ \\t]+", " "))
                      .map(t -> r -> r.type(t))),
          yesOrNo(
              "round",
              "whether what the type has no room for is dropped: finer digits (to the nearest, halves to"
                  + " even), the time of a `date`, the day of a `time`",
              Rule.Builder::round),
          new RuleSetting(
              "zone",
              "a time zone such as Europe/Berlin, UTC or +05:30",
              "the zone of a text without one, and in which `timestamp`, `date` and `time` are shown",
              RuleSetting::zone),
          words(
              "overlap",
              "which moment a time means that a clock set back shows twice",
              Arrays.stream(Overlap.values()).collect(Collectors.toMap(Overlap::word, o -> o)),
              Rule.Builder::overlap),
          list("true", "the texts that mean yes, in capitals or not", Rule.Builder::yes),
          list("false", "the texts that mean no, in capitals or not", Rule.Builder::no),
          words(
              "empty",
              "whether a text without any character becomes null",
              Map.of("null", true, "keep", false),
              Rule.Builder::emptyIsNull),
          words(
              "bad-text",
              "what becomes of text with NUL or not valid in UTF-8: it does not fit, each such byte"
                  + " becomes U+FFFD or is dropped, or the column becomes `bytea`",
              Stream.concat(Arrays.stream(BadText.values()).map(BadText::word), Stream.of("bytea"))
                  .collect(Collectors.toMap(w -> w, w -> w)),
              Rule.Builder::badText),
          new RuleSetting(
              "rename",
              "a name of 1 to 63 bytes",
              "the name it has in PostgreSQL",
              RuleSetting::name),
          yesOrNo("skip", "whether it is left out", Rule.Builder::skip));

  static RuleSetting of(String word) {
    return ROWS.stream()
        .filter(s -> s.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "a rule's setting",
                    word,
                    ROWS.stream().map(RuleSetting::word).collect(Collectors.joining(", "))));
  }

  void apply(String value, Rule.Builder rule) {
    parser
        .apply(value)
        .orElseThrow(() -> new ConfigurationException(word, value, allowed))
        .to(rule);
  }

  private static String label(RuleTypes row) {
    return switch (row.label()) {
      case "varchar" -> "varchar(n)";
      case "numeric" -> "numeric, numeric(p,s)";
      default -> row.label();
    };
  }

  private static <T> RuleSetting words(
      String word, String effect, Map<String, T> values, BiConsumer<Rule.Builder, T> setter) {
    List<String> sorted = values.keySet().stream().sorted().toList();
    return new RuleSetting(
        word,
        String.join(", ", sorted),
        effect,
        v -> Optional.ofNullable(values.get(v.strip())).map(x -> r -> setter.accept(r, x)));
  }

  private static RuleSetting yesOrNo(
      String word, String effect, BiConsumer<Rule.Builder, Boolean> setter) {
    return words(word, effect, Map.of("yes", true, "no", false), setter);
  }

  private static RuleSetting list(
      String word, String effect, BiConsumer<Rule.Builder, List<String>> setter) {
    return new RuleSetting(
        word,
        "texts with commas between, in double quotes where they have blanks or commas",
        effect,
        v -> Quoted.list(v).filter(l -> !l.isEmpty()).map(l -> r -> setter.accept(r, l)));
  }

  private static Optional<Change> zone(String value) {
    try {
      String name = ZoneId.of(value.strip()).getId();
      return Optional.of(r -> r.zone(name));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Change> name(String value) {
    return Quoted.one(value)
        .filter(n -> !n.isEmpty() && n.indexOf('\0') < 0)
        .filter(n -> n.getBytes(StandardCharsets.UTF_8).length <= MOST_NAME_BYTES)
        .map(n -> r -> r.rename(n));
  }
}
