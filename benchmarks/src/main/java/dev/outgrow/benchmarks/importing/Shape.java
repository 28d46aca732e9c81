package dev.outgrow.benchmarks.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of a dataset; its primary key is {@code id}, an integer, before its other columns.
 *
 * @param name its name
 * @param rows how many rows it has
 * @param others its columns behind the key
 * @param indexed columns with an index
 * @param parent the table that the first of the other columns refers to; null where it does not
 * @param parents how many rows that has
 */
record Shape(
    String name,
    long rows,
    List<Column> others,
    List<String> indexed,
    @Nullable String parent,
    long parents) {

  List<Column> columns() {
    return Stream.concat(Stream.of(Column.integer("id", 63)), others.stream()).toList();
  }

  String sqliteDdl() {
    List<String> parts = new ArrayList<>(List.of("id INTEGER PRIMARY KEY"));
    others.forEach(c -> parts.add(c.name() + " " + c.kind().sqlite()));
    if (parent != null) {
      parts.add("FOREIGN KEY (" + others.get(0).name() + ") REFERENCES " + parent + " (id)");
    }
    return "CREATE TABLE " + name + " (" + String.join(", ", parts) + ")";
  }

  String postgresDdl() {
    return columns().stream()
        .map(c -> c.name() + " " + c.kind().postgres())
        .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")"));
  }

  List<String> indexDdl() {
    return indexed.stream()
        .map(c -> "CREATE INDEX " + name + "_" + c + " ON " + name + " (" + c + ")")
        .toList();
  }

  List<String> keyDdl() {
    return List.of("ALTER TABLE " + name + " ADD PRIMARY KEY (id)");
  }

  List<String> referenceDdl() {
    return parent == null
        ? List.of()
        : List.of(
            "ALTER TABLE %s ADD FOREIGN KEY (%s) REFERENCES %s (id)"
                .formatted(name, others.get(0).name(), parent));
  }

  /** Returns the columns in an order of SQL, as the types that PostgreSQL is to have. */
  String selectList() {
    return columns().stream()
        .map(c -> c.name() + "::" + c.kind().postgres())
        .collect(Collectors.joining(", "));
  }
}
