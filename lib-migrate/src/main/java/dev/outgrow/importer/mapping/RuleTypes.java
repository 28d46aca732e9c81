package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.Reading.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One line of the table of types that a rule can ask for, and how their cells can be read.
 *
 * @param label the type as users write it
 * @param names all its names, without what stands in brackets
 * @param type the type without limits
 * @param forms how its cells can be read; the first if the rule does not say
 */
record RuleTypes(String label, List<String> names, TargetType type, List<Form> forms) {
  private static final Pattern LIMITED =
      Pattern.compile("([a-z ]+?) ?\\( ?([0-9]{1,8})(?: ?, ?([0-9]{1,4}))? ?\\)");
  private static final int MOST_CHARACTERS = 10_485_760;
  private static final int MOST_DIGITS = 1_000;
  private static final List<Form> NUMBER = List.of(Form.NUMBER);
  private static final List<Form> TEXT = List.of(Form.TEXT);
  private static final List<Form> MOMENTS =
      Stream.concat(Stream.of(Form.ISO), Arrays.stream(Form.values()).filter(Form::isCount))
          .toList();

  static final List<RuleTypes> ROWS =
      List.of(
          row("timestamptz", TargetType.TIMESTAMPTZ, MOMENTS, "timestamp with time zone"),
          row("timestamp", TargetType.TIMESTAMP, MOMENTS, "timestamp without time zone"),
          row("date", TargetType.DATE, MOMENTS),
          row("time", TargetType.TIME, MOMENTS, "time without time zone"),
          row("boolean", TargetType.BOOLEAN, List.of(Form.BOOLEAN), "bool"),
          row("smallint", TargetType.SMALLINT, NUMBER, "int2"),
          row("integer", TargetType.INTEGER, NUMBER, "int", "int4"),
          row("bigint", TargetType.BIGINT, NUMBER, "int8"),
          row("numeric", TargetType.NUMERIC, NUMBER, "decimal"),
          row("real", TargetType.REAL, NUMBER, "float4"),
          row("double precision", TargetType.DOUBLE_PRECISION, NUMBER, "float8"),
          row("uuid", TargetType.UUID, List.of(Form.UUID, Form.UUID_MIXED)),
          row("json", TargetType.JSON, List.of(Form.JSON)),
          row("jsonb", TargetType.JSONB, List.of(Form.JSON)),
          row("text", TargetType.TEXT, TEXT),
          row("varchar", TargetType.TEXT, TEXT, "character varying"),
          row("bytea", TargetType.BYTEA, List.of(Form.STORED)));

  /** Returns the type of a name, in small letters with single blanks, or nothing. */
  static Optional<TargetType> parse(String name) {
    Matcher limited = LIMITED.matcher(name);
    if (!limited.matches()) {
      return named(name).map(RuleTypes::type);
    }
    int first = Integer.parseInt(limited.group(2));
    boolean one = limited.group(3) == null;
    int second = one ? 0 : Integer.parseInt(limited.group(3));
    return named(limited.group(1)).flatMap(r -> r.limited(first, one, second));
  }

  private Optional<TargetType> limited(int first, boolean one, int second) {
    if (label.equals("varchar") && one && first >= 1 && first <= MOST_CHARACTERS) {
      return Optional.of(TargetType.varchar(first));
    }
    boolean digits = first >= 1 && first <= MOST_DIGITS && second <= first;
    return label.equals("numeric") && digits
        ? Optional.of(TargetType.numeric(first, second))
        : Optional.empty();
  }

  /** Returns how the cells of a type can be read, what is usual first. */
  static List<Form> formsOf(TargetType type) {
    return ROWS.stream()
        .filter(r -> r.type().base() == type.base() || isText(r, type))
        .findFirst()
        .orElseThrow()
        .forms();
  }

  private static boolean isText(RuleTypes row, TargetType type) {
    return type.base() == TargetType.Base.VARCHAR && row.type().equals(TargetType.TEXT);
  }

  /** Returns the type of a form if the rule names none. */
  static TargetType usualFor(Form form) {
    return switch (form) {
      case NUMBER -> TargetType.NUMERIC;
      default ->
          ROWS.stream().filter(r -> r.forms().contains(form)).findFirst().orElseThrow().type();
    };
  }

  private static Optional<RuleTypes> named(String name) {
    return ROWS.stream().filter(r -> r.names().contains(name)).findFirst();
  }

  private static RuleTypes row(String label, TargetType type, List<Form> forms, String... others) {
    return new RuleTypes(
        label, Stream.concat(Stream.of(label), Arrays.stream(others)).toList(), type, forms);
  }
}
