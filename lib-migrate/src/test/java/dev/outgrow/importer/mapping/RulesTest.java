package dev.outgrow.importer.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of rules, and which of them is for a column. */
class RulesTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @Test
  void readsEverySettingOfTheFile() throws IOException {
    Rules rules =
        read(
            "\uFEFF# comment\n\n  [column a.b]  \n type = TimestampTZ \nread=iso\nzone = Europe/Berlin\noverlap = later\n"
                + "round = yes\nempty = null\nrename = \"odd \"\"name\"\"\"\n\n"
                + "[type VARCHAR(*)]\nbad-text = strip\n[table t?]\nskip = yes\n"
                + "[column \"x.y\".\"*\"]\ntrue = J, \"a, b\"\nfalse = n, \"\"\n");

    Rule rule = found(rules, "A", "B", "").orElseThrow();
    assertThat(rule.type()).isEqualTo(TargetType.TIMESTAMPTZ);
    assertThat(rule.reading().zone()).isEqualTo("Europe/Berlin");
    assertThat(rule.reading().round()).isTrue();
    assertThat(rule.reading().emptyIsNull()).isTrue();
    assertThat(rule.rename()).isEqualTo("odd \"name\"");
    assertThat(found(rules, "q", "r", "varchar(20)").orElseThrow().type())
        .isEqualTo(TargetType.TEXT);
    assertThat(rules.skipsTable("T1")).isTrue();
    assertThat(rules.skipsTable("t12")).isFalse();
    assertThat(found(rules, "x.y", "*", "").orElseThrow().reading().yes())
        .containsExactly("j", "a, b");
    assertThat(found(rules, "x.y", "z", "")).isEmpty();
  }

  @Test
  void prefersWhatNamesTheColumnThenAPatternThenTheTypeThenTheFirst() throws IOException {
    Rules rules =
        read(
            """
            [type INT]
            type = text
            [column *.at]
            read = epoch-seconds
            [column a.*]
            read = epoch-millis
            [column a.at]
            read = epoch-micros
            """);

    assertThat(form(rules, "a", "at", "INT")).isEqualTo(Form.EPOCH_MICROS);
    assertThat(form(rules, "b", "at", "INT")).isEqualTo(Form.EPOCH_SECONDS);
    assertThat(form(rules, "a", "x", "INT")).isEqualTo(Form.EPOCH_MILLIS);
    assertThat(form(rules, "b", "x", "int")).isEqualTo(Form.TEXT);
    assertThat(found(rules, "b", "x", "integer")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[column a.b]\\ntyp = text|line 2|typ|read, type, round",
        "[column a.b]\\ntype = datetime|line 2|datetime|timestamptz",
        "[column a.b]\\ntype = varchar(0)|line 2|varchar(0)|varchar(n)",
        "[column a.b]\\ntype = numeric(2,3)|line 2|numeric(2,3)|numeric(p,s)",
        "[column a.b]\\nread = epoch|line 2|epoch|epoch-seconds",
        "[column a.b]\\nread = iso\\nzone = Mars/Olympus|line 3|Mars|Europe/Berlin",
        "[column a.b]\\nround = maybe|line 2|maybe|no, yes",
        "[column a.b]\\nread = epoch-seconds\\nread = epoch-millis|line 3|read|once",
        "[column a.b]\\ntype = uuid\\nread = epoch-seconds|line 1|epoch-seconds|uuid, uuid-mixed",
        "[column a.b]\\ntype = text\\nround = yes|line 1|yes|numbers",
        "[column a.b]\\ntype = bigint\\nbad-text = strip|line 1|strip|text",
        "[column a.b]\\ntrue = j|line 1|j|together",
        "[column a.b]\\ntrue = j\\nfalse = J|line 1|j|none of",
        "[column a.b]\\ntrue = \"j|line 2|j|commas",
        "[column a.b]\\nskip = yes\\nrename = c|line 1|yes|no other",
        "[column a.b]\\nrename = |line 2||1 to 63",
        "[column a.b]|line 1||at least one",
        "[column a.b]\\nzone = UTC|line 1|zone|beside read or type",
        "[column a]\\nskip = yes|line 1|column a|TABLE.COLUMN",
        "[colum a.b]\\nskip = yes|line 1|colum a.b|TABLE.COLUMN",
        "[column a.b\\nskip = yes|line 1|a.b|TABLE.COLUMN",
        "skip = yes|line 1|skip|TABLE.COLUMN",
        "[column a.b]\\nskip|line 2|skip|name = value",
        "[column a.b]\\nskip = yes\\n[column a.b]\\nskip = no|line 3|a.b|one rule",
        "[table a]\\ntype = text|line 1|text|rename or skip"
      })
  void refusesWhatIsWrongAndSaysWhereAndWhatIsAllowed(
      String text, String line, String value, String allowed) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> read(text.replace("\\n", "\n")))
        .withMessageContaining("rules.ini, " + line)
        .withMessageContaining(value == null ? "" : value)
        .withMessageContaining(allowed);
  }

  @Test
  void refusesAFileThatIsNone() throws IOException {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Rules.read(folder.resolve("missing.ini")))
        .withMessageContaining("missing.ini");
    Path latin =
        Files.write(folder.resolve("l.ini"), "# \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Rules.read(latin))
        .withMessageContaining("UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "column sessions.startd, [column sessions.started]",
    "column session.started, [column sessions.started]",
    "type DATETIM, [type DATETIME]",
    "table session, [table sessions]"
  })
  void refusesARuleForNothingAndSaysWhatMayBeMeant(String selector, String meant) {
    Rules rules = Rules.builder().rule(selector, Rule.skip()).build();

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () -> rules.requireUse(List.of(table("sessions", column("started", "DATETIME")))))
        .withMessageContaining("[" + selector + "]")
        .withMessageContaining("did you mean " + meant);
  }

  @Test
  void matchesALongPatternInShortTime() {
    Rules rules = Rules.builder().rule("column *a*a*a*a*a*a*a*a*b.x", Rule.skip()).build();

    assertThat(found(rules, "a".repeat(10_000), "x", "")).isEmpty();
  }

  private Rules read(String text) throws IOException {
    return Rules.read(Files.writeString(folder.resolve("rules.ini"), text));
  }

  private static Form form(Rules rules, String table, String column, String type) {
    return found(rules, table, column, type).orElseThrow().reading().form();
  }

  private static Optional<Rule> found(Rules rules, String table, String column, String type) {
    return rules.forColumn(table, column(column, type)).map(Rules.Entry::rule);
  }

  private static Table table(String name, Column... columns) {
    return new Table(name, List.of(columns), null, List.of(), List.of(), List.of(), List.of());
  }

  private static Column column(String name, String type) {
    return new Column(name, type, true, null, Identity.NONE, null, null);
  }
}
