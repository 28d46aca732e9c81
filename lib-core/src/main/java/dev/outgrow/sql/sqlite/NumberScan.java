package dev.outgrow.sql.sqlite;

import dev.outgrow.sql.sqlite.Token.Kind;

/** Where a number ends, and whether it is one that SQLite takes. */
record NumberScan(Kind kind, int end) {

  /** Reads the number that begins here, with a digit or with a point before a digit. */
  static NumberScan at(String sql, int start) {
    Scanner scanner = new Scanner(sql, start);
    Kind kind = scanner.scan();
    int end = scanner.at;
    while (Tokenizer.isNameCharacter(scanner.peek(0))) {
      scanner.at++;
    }
    boolean legal = end == scanner.at && scanner.separatorsLegal(start);
    return new NumberScan(legal ? kind : Kind.ILLEGAL, scanner.at);
  }

  private static final class Scanner {
    private final String sql;
    private int at;
    private boolean hex;

    private Scanner(String sql, int start) {
      this.sql = sql;
      this.at = start;
    }

    private Kind scan() {
      if (peek(0) == '0' && (peek(1) == 'x' || peek(1) == 'X') && Tokenizer.isHexDigit(peek(2))) {
        hex = true;
        at += 2;
        skipDigits();
        return Kind.INTEGER;
      }
      Kind kind = Kind.INTEGER;
      skipDigits();
      if (peek(0) == '.') {
        at++;
        skipDigits();
        kind = Kind.FLOAT;
      }
      int exponent = exponentLength();
      if (exponent > 0) {
        at += exponent;
        skipDigits();
        kind = Kind.FLOAT;
      }
      return kind;
    }

    private void skipDigits() {
      while (isDigit(peek(0)) || peek(0) == '_') {
        at++;
      }
    }

    /** Returns how long the letter and its sign are, or 0 where no digit follows them. */
    private int exponentLength() {
      if (peek(0) != 'e' && peek(0) != 'E') {
        return 0;
      }
      int length = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
      return Tokenizer.isDigit(peek(length)) ? length : 0;
    }

    /** An underscore must stand between two digits. */
    private boolean separatorsLegal(int start) {
      for (int i = sql.indexOf('_', start); i >= 0 && i < at; i = sql.indexOf('_', i + 1)) {
        boolean between = isDigit(sql.charAt(i - 1)) && i + 1 < at && isDigit(sql.charAt(i + 1));
        if (!between) {
          return false;
        }
      }
      return true;
    }

    private boolean isDigit(char c) {
      return hex ? Tokenizer.isHexDigit(c) : Tokenizer.isDigit(c);
    }

    private char peek(int ahead) {
      int i = at + ahead;
      return i < sql.length() ? sql.charAt(i) : Tokenizer.END;
    }
  }
}
