package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Name;
import dev.outgrow.migration.statement.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a foreign key refers to.
 *
 * @param table the table
 * @param columns the columns as they stand there; empty for its primary key
 */
record Reference(Name table, List<Token> columns) {
  static List<Token> columns(@Nullable List<Token> bracket) {
    return bracket == null ? List.of() : bracket.stream().filter(Token::isName).toList();
  }
}
