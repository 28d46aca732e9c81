package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Reader;
import dev.outgrow.migration.statement.Statement;
import dev.outgrow.migration.statement.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column as {@code ADD COLUMN} describes it, from behind its name on. */
final class ColumnDefinition {
  private static final Set<String> ENDS_DEFAULT =
      Set.of(
          "not",
          "null",
          "constraint",
          "check",
          "unique",
          "primary",
          "references",
          "generated",
          "collate",
          "deferrable",
          "initially",
          "storage",
          "compression");
  private static final Set<String> SERIAL =
      Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

  private final Statement statement;
  private final List<Token> flat = new ArrayList<>();
  private final List<Token> tokens;

  ColumnDefinition(Statement statement, List<Token> tokens) {
    this.statement = statement;
    this.tokens = tokens;
    int depth = 0;
    for (Token token : tokens) {
      depth -= token.is(")") ? 1 : 0;
      if (depth <= 0) {
        flat.add(token);
      }
      depth += token.is("(") ? 1 : 0;
    }
  }

  boolean has(String... words) {
    return new Reader(statement, flat).find(words);
  }

  boolean isSerial() {
    return !tokens.isEmpty() && SERIAL.contains(tokens.get(0).name());
  }

  boolean isIdentity() {
    return has("as", "identity");
  }

  boolean isGenerated() {
    return has("as", "(") && !isIdentity();
  }

  /** Returns the default's expression; nothing if there is none, or it is NULL. */
  List<Token> defaultValue() {
    Reader words = new Reader(statement, tokens);
    if (!words.find("default")) {
      return List.of();
    }
    List<Token> rest = words.rest();
    int depth = 0;
    int end = 0;
    for (; end < rest.size(); end++) {
      Token token = rest.get(end);
      if (end > 0 && depth == 0 && ENDS_DEFAULT.contains(token.name())) {
        break;
      }
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
    boolean isNull = end > 0 && rest.get(0).is("null");
    return isNull ? List.of() : rest.subList(0, end);
  }

  /** Returns the functions that the default calls. */
  List<String> functions() {
    List<Token> value = defaultValue();
    List<String> functions = new ArrayList<>();
    for (int i = 0; i + 1 < value.size(); i++) {
      if (value.get(i).isName() && value.get(i + 1).is("(")) {
        functions.add(value.get(i).name());
      }
    }
    return functions;
  }

  /** Returns what the column refers to, or null. */
  @Nullable Reference reference() {
    Reader words = new Reader(statement, tokens);
    if (!words.find("references")) {
      return null;
    }
    Name table = words.name();
    return table == null ? null : new Reference(table, Reference.columns(words.bracket()));
  }
}
