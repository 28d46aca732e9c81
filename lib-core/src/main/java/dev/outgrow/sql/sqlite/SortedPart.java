package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One part of a key or an index: an expression, then its collation, then its direction.
 *
 * @param operand the expression and its collation
 * @param text the expression as written, without outer brackets and collations
 */
record SortedPart(CollatedOperand operand, String text, boolean descending) {

  /** Words behind which an expression goes on: a word that follows them is no direction. */
  private static final Set<String> INFIX =
      Set.of(
          "COLLATE", "AND", "OR", "NOT", "LIKE", "GLOB", "REGEXP", "MATCH", "IS", "IN", "BETWEEN",
          "ESCAPE");

  /** Reads the parts of a list; its brackets are not among the tokens. */
  static List<SortedPart> all(TokenCursor cursor, List<Token> tokens) throws UnreadableException {
    List<SortedPart> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += step(token);
      if (depth == 0 && token.is(",")) {
        parts.add(of(cursor, tokens.subList(from, i)));
        from = i + 1;
      }
    }
    parts.add(of(cursor, tokens.subList(from, tokens.size())));
    return parts;
  }

  private static SortedPart of(TokenCursor cursor, List<Token> tokens) throws UnreadableException {
    if (tokens.isEmpty()) {
      throw cursor.unreadable("a column or an expression missing in the brackets before the end,");
    }
    boolean directed = endsInDirection(tokens);
    boolean descending = directed && tokens.get(tokens.size() - 1).is("DESC");
    CollatedOperand operand =
        CollatedOperand.of(directed ? tokens.subList(0, tokens.size() - 1) : tokens);
    return new SortedPart(operand, cursor.text(operand.tokens()), descending);
  }

  private static boolean endsInDirection(List<Token> tokens) {
    Token last = tokens.get(tokens.size() - 1);
    if (tokens.size() < 2 || !(last.is("ASC") || last.is("DESC"))) {
      return false;
    }
    Token before = tokens.get(tokens.size() - 2);
    return switch (before.kind()) {
      case OPERATOR -> before.is(")");
      case WORD ->
          (tokens.size() == 2 && Keywords.isName(before.text()))
              || INFIX.stream().noneMatch(before::is);
      default -> true;
    };
  }

  private static int step(Token token) {
    return token.is("(") ? 1 : token.is(")") ? -1 : 0;
  }

  Index.Part indexPart() {
    String column = operand.column();
    String expression = column == null ? text : null;
    return new Index.Part(column, expression, descending, operand.collation());
  }

  KeyDefinition.Part keyPart(TokenCursor cursor) throws UnreadableException {
    String column = operand.column();
    if (column == null) {
      throw cursor.unreadable(operand.tokens().get(0), "a column of the table expected");
    }
    return new KeyDefinition.Part(column, operand.collation(), descending);
  }
}
