package dev.outgrow.importer.mapping;

import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Table;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What somebody may have meant who named something that is not there. */
final class NearNames {
  private static final int LONGEST = 200;

  private NearNames() {}

  /** Returns the nearest selector that is for something, as the end of a sentence; or nothing. */
  static String hint(Selector selector, List<Table> tables) {
    String wanted = Identifier.folded(selector.toString());
    return tables.stream()
        .flatMap(t -> names(selector.kind(), t))
        .distinct()
        .filter(n -> n.length() <= LONGEST && wanted.length() <= LONGEST)
        .filter(n -> distance(wanted, Identifier.folded(n)) <= Math.max(2, wanted.length() / 3))
        .min(Comparator.comparingInt(n -> distance(wanted, Identifier.folded(n))))
        .map(n -> " (did you mean [" + n + "]?)")
        .orElse("");
  }

  private static Stream<String> names(Selector.Kind kind, Table table) {
    return switch (kind) {
      case TABLE -> Stream.of("table " + Quoted.Piece.write(table.name()));
      case COLUMN -> table.columns().stream().map(c -> "column " + column(table.name(), c.name()));
      case TYPE ->
          table.columns().stream().filter(c -> !c.type().isEmpty()).map(c -> "type " + c.type());
    };
  }

  /** Returns a column as a selector names it. */
  static String column(String table, String column) {
    return Quoted.Piece.write(table) + "." + Quoted.Piece.write(column);
  }

  /** Counts the letters to be put in, taken out or changed. */
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    for (int j = 0; j < before.length; j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] now = new int[before.length];
      now[0] = i;
      for (int j = 1; j < now.length; j++) {
        int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(changed, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[other.length()];
  }
}
