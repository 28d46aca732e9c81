package dev.outgrow.query.table;

import dev.outgrow.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A column on the white list, and what its search terms mean as conditions.
 *
 * @param lookup what the field is of; null if it is of the rows themselves
 */
record TableColumn(
    String name, @Nullable Lookup lookup, Field<?> field, Search search, boolean orderable) {
  private static final char ESCAPE = '!';
  private static final String BETWEEN = "..";
  private static final int MOST_VALUES = 100;

  TableColumn {
    boolean known = search == Search.NONE || TermValues.knows(field.getType());
    boolean text = !search.needsText() || field.getType() == String.class;
    if (!known || !text) {
      throw new ConfigurationException(
          "The search of column " + name,
          search + " on " + field.getType().getSimpleName(),
          "CONTAINS and PREFIX on text; EQUALS, RANGE and IN also on numbers, truth, times, UUID");
    }
  }

  TableColumn unordered() {
    return new TableColumn(name, lookup, field, search, false);
  }

  /** The field in a row that is shown. */
  Field<?> shown() {
    return lookup == null ? field : lookup.beside(field);
  }

  /** The column's own search. */
  Condition matches(String term, SQLDialect dialect) {
    return switch (search) {
      case CONTAINS -> like("%" + escaped(term) + "%", dialect);
      case PREFIX -> like(escaped(term) + "%", dialect);
      case EQUALS -> equalTo(term).orElseGet(DSL::falseCondition);
      case RANGE -> range(term);
      case IN -> in(term);
      case NONE -> DSL.falseCondition();
    };
  }

  /** The search of all columns, in which those take part that can have the term as a value. */
  Optional<Condition> matchesCommon(String term, SQLDialect dialect) {
    return search.needsText() ? Optional.of(matches(term, dialect)) : equalTo(term);
  }

  /** Both sides fold the same letters: the C collation's are SQLite's, A to Z. */
  private Condition like(String pattern, SQLDialect dialect) {
    Field<String> text = field.coerce(String.class);
    Field<String> folded =
        DSL.lower(dialect.family() == SQLDialect.SQLITE ? text : text.collate("C"));
    return folded.like(lowerAscii(pattern), ESCAPE);
  }

  private Condition range(String term) {
    int dots = term.indexOf(BETWEEN);
    if (dots < 0) {
      return equalTo(term).orElseGet(DSL::falseCondition);
    }
    String from = term.substring(0, dots).strip();
    String to = term.substring(dots + BETWEEN.length()).strip();
    return bound(from, true).and(bound(to, false));
  }

  private Condition bound(String term, boolean lower) {
    if (term.isEmpty()) {
      return DSL.noCondition();
    }
    return value(term)
        .map(value -> lower ? typed().ge(value) : typed().le(value))
        .orElseGet(DSL::falseCondition);
  }

  private Condition in(String term) {
    String[] terms = term.split("\\|", MOST_VALUES + 1);
    if (terms.length > MOST_VALUES) {
      throw new TableRequestException(
          name, "is searched for too many values", "Search for at most " + MOST_VALUES + ".");
    }
    List<Field<Object>> values = new ArrayList<>();
    for (String each : terms) {
      value(each).ifPresent(values::add);
    }
    return values.isEmpty() ? DSL.falseCondition() : typed().in(values);
  }

  private Optional<Condition> equalTo(String term) {
    return search == Search.NONE ? Optional.empty() : value(term).map(typed()::eq);
  }

  private Optional<Field<Object>> value(String term) {
    return TermValues.read(field.getType(), term).map(value -> DSL.val(value, typed()));
  }

  /** The value that a term is read as has the field's type. */
  @SuppressWarnings("unchecked")
  private Field<Object> typed() {
    return (Field<Object>) field;
  }

  private static String escaped(String term) {
    return term.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static String lowerAscii(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, String.valueOf(c).toLowerCase(Locale.ROOT).charAt(0));
      }
    }
    return lower.toString();
  }
}
