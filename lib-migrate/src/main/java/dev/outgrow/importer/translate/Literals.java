package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Token;
import dev.outgrow.sql.sqlite.Tokenizer;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads plain values in SQLite's SQL. <em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Literals {
  private static final BigInteger SMALLEST = BigInteger.ONE.shiftLeft(Long.SIZE - 1);

  private Literals() {}

  /**
   * Returns the value of an expression that is a plain one: a literal, with a sign or in brackets
   * or both. Anything else that has to be computed, {@code CURRENT_TIMESTAMP} for one, is not.
   */
  public static Optional<Literal> parse(String expression) {
    return parse(Tokenizer.tokens(expression));
  }

  private static Optional<Literal> parse(List<Token> tokens) {
    int size = tokens.size();
    if (size >= 3 && tokens.get(0).is("(") && tokens.get(size - 1).is(")")) {
      return parse(tokens.subList(1, size - 1));
    }
    if (size == 2 && (tokens.get(0).is("-") || tokens.get(0).is("+"))) {
      return number(tokens.get(1), tokens.get(0).is("-"));
    }
    return size == 1 ? single(tokens.get(0)) : Optional.empty();
  }

  private static Optional<Literal> single(Token token) {
    return switch (token.kind()) {
      case STRING -> Optional.of(new Literal.Text(token.unquoted()));
      case INTEGER, FLOAT -> number(token, false);
      case BLOB ->
          Optional.of(
              new Literal.Blob(
                  HexFormat.of().parseHex(token.text().substring(2, token.text().length() - 1))));
      case WORD -> word(token);
      default -> Optional.empty();
    };
  }

  private static Optional<Literal> word(Token token) {
    return switch (token.text().toUpperCase(Locale.ROOT)) {
      case "NULL" -> Optional.of(new Literal.Null());
      case "TRUE" -> Optional.of(new Literal.Whole(1));
      case "FALSE" -> Optional.of(new Literal.Whole(0));
      default -> Optional.empty();
    };
  }

  private static Optional<Literal> number(Token token, boolean negative) {
    String digits = token.text().replace("_", "");
    return switch (token.kind()) {
      case INTEGER -> whole(digits, negative);
      case FLOAT -> Optional.of(real(digits, negative));
      default -> Optional.empty();
    };
  }

  private static Optional<Literal> whole(String digits, boolean negative) {
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      return hexadecimal(digits.substring(2), negative);
    }
    try {
      return Optional.of(new Literal.Whole(Long.parseLong((negative ? "-" : "") + digits)));
    } catch (NumberFormatException e) {
      return Optional.of(
          real(digits, negative)); // too large for 64 bits, which SQLite reads as a real number
    }
  }

  /**
   * SQLite lets more than 64 bits stand in a definition, and refuses them when it has to use them.
   */
  private static Optional<Literal> hexadecimal(String digits, boolean negative) {
    BigInteger bits = new BigInteger(digits, 16);
    boolean refused = bits.bitLength() > Long.SIZE || (negative && bits.equals(SMALLEST));
    long value = bits.longValue();
    return refused ? Optional.empty() : Optional.of(new Literal.Whole(negative ? -value : value));
  }

  private static Literal real(String digits, boolean negative) {
    double value = Double.parseDouble(digits);
    return new Literal.Real(negative ? -value : value);
  }
}
