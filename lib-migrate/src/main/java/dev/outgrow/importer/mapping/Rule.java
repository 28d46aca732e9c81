package dev.outgrow.importer.mapping;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.BadText;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.source.Reading.Overlap;
import dev.outgrow.schema.Identifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says a column or a table is to become: how its cells are read, the type they get,
 * its name, or that it is left out.
 *
 * <p>By default a cell means what it is stored as, the type is found as if there were no rule,
 * nothing is rounded, an empty text stays one, and a text that PostgreSQL cannot hold does not fit.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Rule {
  private final @Nullable TargetType type;
  private final Reading reading;
  private final String rename;
  private final boolean skip;
  private final String text;

  private Rule(
      @Nullable TargetType type, Reading reading, String rename, boolean skip, String text) {
    this.type = type;
    this.reading = reading;
    this.rename = rename;
    this.skip = skip;
    this.text = text;
  }

  /** Begins a rule. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a rule that reads cells in some way, and has their usual type. */
  public static Rule read(Form form) {
    return builder().set("read", form.word()).build();
  }

  /** Returns a rule that leaves something out. */
  public static Rule skip() {
    return builder().set("skip", "yes").build();
  }

  /** Returns a rule that gives something another name. */
  public static Rule rename(String name) {
    return builder().set("rename", name).build();
  }

  /** Returns the type it asks for, or null if that is found as without a rule. */
  @Nullable TargetType type() {
    return type;
  }

  Reading reading() {
    return reading;
  }

  /** Returns the new name; empty if it stays. */
  String rename() {
    return rename;
  }

  boolean skips() {
    return skip;
  }

  /** Returns whether it says of a column's cells anything at all. */
  boolean isOnValues() {
    return type != null || !reading.isStored();
  }

  /** Returns its settings as they are written in a file, on one line. */
  @Override
  public String toString() {
    return text;
  }

  /**
   * Collects settings, each by the words of the rule file. <em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  public static final class Builder {
    private final Map<String, String> settings = new TreeMap<>();
    private @Nullable TargetType type;
    private @Nullable Form form;
    private boolean round;
    private boolean emptyIsNull;
    private @Nullable String badText;
    private String zone = "";
    private @Nullable Overlap overlap;
    private List<String> yes = List.of();
    private List<String> no = List.of();
    private String rename = "";
    private boolean skip;

    private Builder() {}

    /**
     * Sets one thing.
     *
     * @param setting a setting of the rule file, such as {@code type}
     * @param value its value as it is written there, such as {@code timestamptz}
     * @throws ConfigurationException if there is no such setting, or it cannot have this value
     */
    public Builder set(String setting, String value) {
      RuleSetting.of(setting).apply(value, this);
      settings.put(setting, value);
      return this;
    }

    boolean has(String setting) {
      return settings.containsKey(setting);
    }

    void type(TargetType wanted) {
      type = wanted;
    }

    void form(Form wanted) {
      form = wanted;
    }

    void round(boolean may) {
      round = may;
    }

    void emptyIsNull(boolean is) {
      emptyIsNull = is;
    }

    void badText(String wanted) {
      badText = wanted;
    }

    void zone(String name) {
      zone = name;
    }

    void overlap(Overlap wanted) {
      overlap = wanted;
    }

    void yes(List<String> words) {
      yes = words.stream().map(Identifier::folded).toList();
    }

    void no(List<String> words) {
      no = words.stream().map(Identifier::folded).toList();
    }

    void rename(String name) {
      rename = name;
    }

    void skip(boolean may) {
      skip = may;
    }

    /**
     * Returns the rule.
     *
     * @throws ConfigurationException if its settings do not go together
     */
    public Rule build() {
      require(!settings.isEmpty(), "rule", "", "at least one setting");
      require(!skip || settings.size() == 1, "skip", "yes", "no other setting beside it");
      TargetType wanted = wantedType();
      Form read = wantedForm(wanted);
      if (wanted == null) {
        boolean alone = zone.isEmpty() && overlap == null && !round;
        require(alone, "rule", text(), "zone, overlap and round beside read or type only");
      } else {
        requireFitting(wanted, read);
      }
      Overlap moment = overlap == null ? Overlap.REFUSE : overlap;
      Reading reading = new Reading(read, round, emptyIsNull, policy(), zone, moment, yes, no);
      return new Rule(wanted, reading, rename, skip, text());
    }

    private BadText policy() {
      return badText == null || badText.equals("bytea")
          ? BadText.REJECT
          : BadText.valueOf(badText.toUpperCase(Locale.ROOT));
    }

    private @Nullable TargetType wantedType() {
      if (type != null) {
        return type;
      }
      if (form != null) {
        return RuleTypes.usualFor(form);
      }
      if (badText != null) {
        return badText.equals("bytea") ? TargetType.BYTEA : TargetType.TEXT;
      }
      return yes.isEmpty() && no.isEmpty() ? null : TargetType.BOOLEAN;
    }

    private Form wantedForm(@Nullable TargetType wanted) {
      if (form != null) {
        return form;
      }
      return wanted == null ? Form.STORED : RuleTypes.formsOf(wanted).get(0);
    }

    private void requireFitting(TargetType wanted, Form read) {
      List<Form> forms = RuleTypes.formsOf(wanted);
      List<String> words = forms.stream().map(Form::word).toList();
      String allowed = String.join(", ", words) + " for type " + wanted.sql();
      require(forms.contains(read), "read", read.word(), allowed);
      boolean moment = read == Form.ISO || read.isCount();
      require(
          badText == null || isFor(wanted), "bad-text", badText, "text, varchar and bytea only");
      requireLists(wanted);
      require(zone.isEmpty() || moment, "zone", zone, "dates and times only");
      require(overlap == null || !zone.isEmpty(), "overlap", word(overlap), "only beside zone");
      require(
          !round || moment || read == Form.NUMBER, "round", "yes", "numbers, dates and times only");
    }

    private boolean isFor(TargetType wanted) {
      boolean text = RuleTypes.formsOf(wanted).contains(Form.TEXT);
      return String.valueOf(badText).equals("bytea") ? wanted.equals(TargetType.BYTEA) : text;
    }

    private void requireLists(TargetType wanted) {
      boolean lists = !yes.isEmpty() || !no.isEmpty();
      String words = String.join(", ", yes);
      require(!lists || wanted.equals(TargetType.BOOLEAN), "true", words, "type boolean only");
      require(yes.isEmpty() == no.isEmpty(), "true", words, "true and false together");
      require(yes.stream().noneMatch(no::contains), "true", words, "none of what false lists");
    }

    private static String word(@Nullable Overlap overlap) {
      return overlap == null ? "" : overlap.word();
    }

    private static void require(
        boolean condition, String setting, @Nullable String value, String allowed) {
      if (!condition) {
        throw new ConfigurationException(setting, String.valueOf(value), allowed);
      }
    }

    private String text() {
      List<String> parts =
          settings.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList();
      return String.join(", ", parts);
    }
  }
}
