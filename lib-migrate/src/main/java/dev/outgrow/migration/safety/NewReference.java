package dev.outgrow.migration.safety;

import dev.outgrow.migration.statement.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Orphans: rows of which a new foreign key finds no row that they refer to. */
final class NewReference {
  private final Scene scene;
  private final LiveTable table;

  NewReference(Scene scene, LiveTable table) {
    this.scene = scene;
    this.table = table;
  }

  void of(List<Token> columns, Reference reference, boolean fails) {
    LiveTable parent = scene.table(reference.table());
    if (parent != null && !columns.isEmpty()) {
      of(columns, reference, parent, fails);
    }
  }

  void of(List<Token> columns, Reference reference, LiveTable parent, boolean fails) {
    List<String> own = columns.stream().map(Token::text).toList();
    List<String> theirs = columns(reference, parent);
    if (own.size() != theirs.size()) {
      return;
    }
    String met =
        IntStream.range(0, own.size())
            .mapToObj(i -> "p." + theirs.get(i) + " = c." + own.get(i))
            .collect(Collectors.joining(" AND "));
    String given =
        own.stream().map(c -> "c." + c + " IS NOT NULL").collect(Collectors.joining(" AND "));
    String orphans =
        " FROM "
            + table.sql()
            + " c WHERE "
            + given
            + " AND NOT EXISTS (SELECT 1 FROM "
            + parent.sql()
            + " p WHERE "
            + met
            + ")";
    new Counting(scene, table)
        .report(
            orphans,
            columns.stream().map(Token::name).toList(),
            own.stream().map(c -> "c." + c).toList(),
            "refer to no row of " + parent.sql(),
            fails && scene.isSettled(parent));
  }

  private List<String> columns(Reference reference, LiveTable parent) {
    List<String> columns = new ArrayList<>(reference.columns().stream().map(Token::text).toList());
    if (columns.isEmpty()) {
      parent.key().forEach(column -> columns.add(scene.dialect().quote(column)));
    }
    return columns;
  }

  /** The rows that are there all get the default, which has to be met. */
  void ofDefault(String value, Reference reference) {
    LiveTable parent = scene.table(reference.table());
    if (parent == null || columns(reference, parent).size() != 1) {
      return;
    }
    String key = columns(reference, parent).get(0);
    String orphans =
        " FROM "
            + table.sql()
            + " c WHERE ("
            + value
            + ") IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
            + parent.sql()
            + " p WHERE p."
            + key
            + " = ("
            + value
            + "))";
    new Counting(scene, table)
        .report(
            orphans,
            List.of("the default"),
            List.of("(" + value + ")"),
            "would refer to no row of " + parent.sql(),
            scene.isSettled(parent));
  }
}
