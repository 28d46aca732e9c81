package dev.outgrow.importer.translate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns SQLite's SQL into PostgreSQL's with the same meaning, or says why it does not. It never
 * fails, whatever it is given.
 *
 * <p>SQLite looks at the types of values, PostgreSQL at those of expressions: so every conversion
 * is written out, and where the values do not tell what SQLite would do the answer is {@link
 * Translation.Untranslatable}. One difference stays: what goes beyond 64 bits, or beyond the range
 * of {@code double precision}, is an error in PostgreSQL, while SQLite goes on with a real number,
 * infinity or 0.
 *
 * <p>Texts are compared byte by byte, or by {@code NOCASE} and {@code RTRIM} as SQLite does,
 * whatever the collation of the database. Expressions nest at most 200 deep, and their translations
 * have at most 60,000 characters; what is more is untranslatable.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Translator {
  private Translator() {}

  /**
   * Translates a default.
   *
   * @param expression the default as SQLite keeps it, with or without brackets
   * @param targetType the PostgreSQL type of the column
   */
  public static Translation defaultExpression(String expression, String targetType) {
    return translated(
        () -> {
          Expr expr = ExpressionParser.parse(expression);
          if (expr instanceof Expr.Name name && isText(name)) { // a bare word stands for itself
            return Target.sql(Values.text(name.column(), name.at()), targetType, name.at());
          }
          Typed typed = new ExpressionTranslator(Names.none()).translate(expr);
          return Target.sql(typed, targetType, expr.at());
        });
  }

  private static boolean isText(Expr.Name name) {
    return name.table() == null
        && !FunctionTable.isClock(name.column())
        && !Ascii.same(name.column(), "true")
        && !Ascii.same(name.column(), "false");
  }

  /** Translates the condition of a {@code CHECK}, which holds unless its value is 0. */
  public static Translation check(String condition, Scope scope) {
    return translated(() -> condition(condition, scope, Stability.STABLE));
  }

  /** Translates the condition of a partial index. */
  public static Translation predicate(String condition, Scope scope) {
    return translated(() -> condition(condition, scope, Stability.IMMUTABLE));
  }

  private static Translation condition(String text, Scope scope, Stability most)
      throws RefusedException {
    Expr expr = ExpressionParser.parse(text);
    Typed truth = new ExpressionTranslator(Names.of(scope)).truth(expr);
    requireStability(truth, most, expr.at());
    return new Translation.Sql(truth.sql(), truth.type());
  }

  /**
   * Translates the expression of a generated column.
   *
   * @param expression the expression
   * @param scope the columns of its table
   * @param targetType the PostgreSQL type of the column
   */
  public static Translation generated(String expression, Scope scope, String targetType) {
    return generated(expression, scope, targetType, Map.of());
  }

  /**
   * Translates the expression of a generated column that may use others, which PostgreSQL does not
   * let it do: their expressions stand in their place.
   *
   * @param expression the expression
   * @param scope the columns of its table
   * @param targetType the PostgreSQL type of the column
   * @param computed the translations of other generated columns, by their names in SQLite
   */
  public static Translation generated(
      String expression, Scope scope, String targetType, Map<String, String> computed) {
    return translated(
        () -> {
          Expr expr = ExpressionParser.parse(expression);
          Typed typed = new ExpressionTranslator(Names.of(scope, computed)).translate(expr);
          requireStability(typed, Stability.IMMUTABLE, expr.at());
          if (typed.kind() == Kind.TEXT
              && !Target.isText(targetType)
              && typed.form() != Typed.Form.DIGITS) { // PostgreSQL reads days by its settings
            throw new RefusedException("a text for the type " + targetType, expr.at());
          }
          return Target.sql(typed, targetType, expr.at());
        });
  }

  /** Translates an expression of an index; a text is ordered byte by byte or by its collation. */
  public static Translation indexExpression(String expression, Scope scope) {
    return translated(
        () -> {
          Expr expr = ExpressionParser.parse(expression);
          Typed typed = new ExpressionTranslator(Names.of(scope)).translate(expr);
          requireStability(typed, Stability.IMMUTABLE, expr.at());
          return new Translation.Sql(Orders.key(typed, expr.at()), typed.type());
        });
  }

  /**
   * Returns what is compared byte by byte where SQLite compares a text by a collation.
   *
   * @param text the text, as PostgreSQL's SQL
   * @param collation the name of the collation
   * @return the SQL, or nothing for a collation that is not SQLite's own
   */
  public static Optional<String> collated(String text, String collation) {
    try {
      return Optional.of(Collations.key(text, collation, 0));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private static void requireStability(Typed typed, Stability most, int at)
      throws RefusedException {
    if (typed.stability().compareTo(most) > 0) {
      throw new RefusedException("a value that changes with time, or that PostgreSQL says may", at);
    }
  }

  /**
   * Translates a view.
   *
   * @param createView the whole statement that makes it
   * @param scopes the tables and views it may use
   * @return a {@link Translation.Select} or why there is none
   */
  public static Translation view(String createView, List<Scope> scopes) {
    return translated(
        () -> {
          Map<String, Scope> tables = QueryTranslator.byName(scopes);
          return ViewParser.translate(createView, new QueryTranslator(tables, Names.none()));
        });
  }

  /**
   * Translates a view whose columns are known.
   *
   * @param createView the whole statement that makes it
   * @param scopes the tables and views it may use
   * @param names the names of its columns, as SQLite reports them
   * @return a {@link Translation.Select} that names its columns so, though its text may name them
   *     otherwise, or why there is none
   */
  public static Translation view(String createView, List<Scope> scopes, List<String> names) {
    Translation translation = view(createView, scopes);
    return translation instanceof Translation.Select select
        ? translated(
            () ->
                new Translation.Select(select.text(), Outputs.renamed(select.columns(), names, 0)))
        : translation;
  }

  /**
   * Translates a trigger of one of two kinds: it raises an error on a condition, or it sets columns
   * of the row it is about.
   *
   * @param createTrigger the whole statement that makes it
   * @param table its table
   * @param tables the tables that it may ask
   * @return a {@link Translation.Trigger} or why there is none
   */
  public static Translation trigger(
      String createTrigger, TriggerTable table, Collection<TriggerTable> tables) {
    return translated(() -> TriggerTranslator.translate(createTrigger, table, tables));
  }

  private static Translation translated(Attempt attempt) {
    try {
      return attempt.translate();
    } catch (RefusedException e) {
      return new Translation.Untranslatable(e.reason(), e.offset());
    }
  }

  private interface Attempt {
    Translation translate() throws RefusedException;
  }
}
