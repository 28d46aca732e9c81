package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.Collation;

/**
 * Stands in for the collations that only a file's own application has. SQLite does not touch an
 * index by a collation that is missing, which may be all there is of a table. Nothing that an
 * import asks compares by one of them; where a value does, it cannot be known, and the table is
 * refused. <em>Not thread-safe.</em>
 */
final class UnknownCollations {
  private static final Set<String> OWN = Set.of("binary", "nocase", "rtrim");

  private @Nullable String asked;

  /** Returns whether it is one of the three that SQLite has. */
  static boolean isOwn(String collation) {
    return OWN.contains(Identifier.folded(collation));
  }

  /** Returns whether a table names one that SQLite does not have. */
  static boolean isNamedBy(Table table) {
    return named(table).anyMatch(name -> name != null && !isOwn(name));
  }

  /** Makes those known that these tables name. */
  void register(Connection connection, Collection<SqliteTable> tables) throws SQLException {
    Map<String, String> names = new HashMap<>();
    for (SqliteTable table : tables) {
      named(table.table())
          .filter(name -> name != null && !isOwn(name))
          .forEach(name -> names.putIfAbsent(Identifier.folded(name), name));
    }
    for (String name : names.values()) {
      Collation.create(connection, name, new StandIn(name));
    }
  }

  private static Stream<@Nullable String> named(Table table) {
    Stream<@Nullable String> parts =
        table.indexes().stream().flatMap(i -> i.parts().stream()).map(Index.Part::collation);
    Stream<@Nullable String> keys =
        table.uniqueKeys().stream().flatMap(k -> k.collations().values().stream());
    Stream<@Nullable String> key =
        table.primaryKey() == null
            ? Stream.empty()
            : table.primaryKey().collations().values().stream();
    Stream<@Nullable String> columns = table.columns().stream().map(Column::collation);
    return Stream.of(parts, keys, key, columns).flatMap(s -> s);
  }

  /** Refuses a table if a value of it was computed by one of them. */
  void refuseIfAsked(Path file, String table) {
    if (asked != null) {
      throw new SourceFileException(
          file,
          "A generated column of table "
              + table
              + " compares by the collation "
              + asked
              + ", which only the application that owns the file has.",
          "Leave the column out of a copy of the file, or make it a plain one there.",
          null);
    }
  }

  private final class StandIn extends Collation {
    private final String name;

    StandIn(String name) {
      this.name = name;
    }

    @Override
    protected int xCompare(String left, String right) {
      asked = name;
      return left.compareTo(right);
    }
  }
}
