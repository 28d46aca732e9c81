package dev.outgrow.migration.statement;

import dev.outgrow.migration.statement.Lexer.Comment;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a script into statements: at a semicolon that is in no quote, no comment, no bracket and no
 * body of a routine ({@code BEGIN ATOMIC … END}) or of a trigger of SQLite. Any text is taken.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Statements {
  private final String sql;
  private final Dialect dialect;
  private final Lexer lexer;
  private final List<Statement> statements = new ArrayList<>();
  private final List<Token> open = new ArrayList<>();
  private int taken;
  private int line = 1;
  private int counted;
  private int brackets;
  private int bodies;

  private Statements(String sql, Dialect dialect) {
    this.sql = sql;
    this.dialect = dialect;
    this.lexer = new Lexer(sql, dialect);
  }

  /** Returns the statements of a script, in order. Nothing is thrown, whatever the text is. */
  public static List<Statement> of(String sql, Dialect dialect) {
    Statements statements = new Statements(sql, dialect);
    return statements.cut();
  }

  private List<Statement> cut() {
    List<Token> tokens = lexer.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is(";") && brackets <= 0 && bodies <= 0) {
        end(lineEnd(token.end(), i + 1 < tokens.size() ? tokens.get(i + 1) : null));
      } else {
        open.add(token);
        brackets += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        bodies += bodyStep(token);
      }
    }
    end(sql.length());
    return List.copyOf(statements);
  }

  private int bodyStep(Token token) {
    if (token.kind() != Token.Kind.WORD || open.size() < 3 || !hasBody()) {
      return 0;
    }
    boolean opens =
        bodies == 0
            ? token.is(dialect == Dialect.SQLITE ? "begin" : "atomic")
            : token.is("case") || (token.is("begin") && dialect == Dialect.POSTGRESQL);
    return opens ? 1 : token.is("end") && bodies > 0 ? -1 : 0;
  }

  private boolean hasBody() {
    if (!open.get(0).is("create")) {
      return false;
    }
    Predicate<Token> is =
        dialect == Dialect.SQLITE
            ? token -> token.is("trigger")
            : token -> token.is("function") || token.is("procedure");
    return open.subList(1, Math.min(4, open.size())).stream().anyMatch(is);
  }

  private void end(int commentsUntil) {
    brackets = 0;
    bodies = 0;
    if (open.isEmpty()) {
      return;
    }
    int begin = open.get(0).begin();
    int end = open.get(open.size() - 1).end();
    statements.add(
        new Statement(sql.substring(begin, end), lineOf(begin), open, comments(commentsUntil)));
    open.clear();
  }

  /** What follows a statement on its last line is about it, if it is a comment. */
  private int lineEnd(int from, @Nullable Token next) {
    int end = sql.indexOf('\n', from);
    int stop = end < 0 ? sql.length() : end;
    return next == null ? stop : Math.min(stop, next.begin());
  }

  private List<String> comments(int until) {
    List<String> own = new ArrayList<>();
    Iterator<Comment> rest = lexer.comments().subList(taken, lexer.comments().size()).iterator();
    while (rest.hasNext()) {
      Comment comment = rest.next();
      if (comment.begin() >= until) {
        break;
      }
      own.add(comment.text());
      taken++;
    }
    return own;
  }

  private int lineOf(int offset) {
    for (; counted < offset; counted++) {
      line += sql.charAt(counted) == '\n' ? 1 : 0;
    }
    return line;
  }
}
