package dev.outgrow.importer.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pieces of text as rules write them: plain, or in double quotes, where two of them stand for one.
 */
final class Quoted {
  private static final char QUOTE = '"';

  private Quoted() {}

  /**
   * A piece.
   *
   * @param text what it says
   * @param quoted whether it stood in quotes, so that nothing in it has a meaning of its own
   */
  record Piece(String text, boolean quoted) {
    /** Returns the piece as it is written. */
    static String write(String text) {
      boolean plain = text.matches("[\\p{L}\\p{N}_$-]+");
      return plain ? text : QUOTE + text.replace("\"", "\"\"") + QUOTE;
    }
  }

  /**
   * Takes a text apart at a separator that does not stand in quotes; nothing if a quote is open.
   */
  static Optional<List<Piece>> pieces(String text, char separator) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    boolean inside = false;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || (text.charAt(i) == separator && !inside)) {
        Optional<Piece> piece = piece(text.substring(from, i).strip());
        if (inside || piece.isEmpty()) {
          return Optional.empty();
        }
        pieces.add(piece.get());
        from = i + 1;
      } else if (text.charAt(i) == QUOTE) {
        inside = !inside;
      }
    }
    return Optional.of(pieces);
  }

  /** Returns texts with commas between. */
  static Optional<List<String>> list(String text) {
    return pieces(text, ',')
        .filter(ps -> ps.stream().noneMatch(p -> p.text().isEmpty() && !p.quoted()))
        .map(ps -> ps.stream().map(Piece::text).toList());
  }

  /** Returns one text. */
  static Optional<String> one(String text) {
    return piece(text.strip()).map(Piece::text);
  }

  private static Optional<Piece> piece(String text) {
    if (text.indexOf(QUOTE) < 0) {
      return Optional.of(new Piece(text, false));
    }
    if (text.length() < 2 || text.charAt(0) != QUOTE || text.charAt(text.length() - 1) != QUOTE) {
      return Optional.empty();
    }
    String inside = text.substring(1, text.length() - 1);
    return inside.replace("\"\"", "").indexOf(QUOTE) >= 0
        ? Optional.empty()
        : Optional.of(new Piece(inside.replace("\"\"", "\""), true));
  }
}
