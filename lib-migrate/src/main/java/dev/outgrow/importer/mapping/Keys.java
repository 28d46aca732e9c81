package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.translate.Scope;
import dev.outgrow.importer.translate.Translation;
import dev.outgrow.importer.translate.Translator;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.NamingConvention;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.UniqueKey;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The primary key, unique keys and indexes of a table in PostgreSQL's names.
 *
 * @param primaryKey the primary key, or null
 * @param uniqueKeys the unique constraints
 * @param indexes the indexes
 */
record Keys(@Nullable PrimaryKey primaryKey, List<UniqueKey> uniqueKeys, List<Index> indexes) {
  static final Keys NONE = new Keys(null, List.of(), List.of());

  private static final int MOST_COLUMNS = 32;

  static Keys of(SourceTable table, Scope scope, Names names, Findings findings) {
    return new Builder(table, scope, names, findings).build();
  }

  /** Returns whether some key or unique index is over exactly these columns, in any order. */
  boolean identifies(List<String> columns) {
    Set<String> wanted = new HashSet<>(columns);
    return (primaryKey != null && wanted.equals(new HashSet<>(primaryKey.columns())))
        || uniqueKeys.stream().anyMatch(k -> wanted.equals(new HashSet<>(k.columns())))
        || indexes.stream()
            .filter(i -> i.unique() && i.predicate() == null)
            .anyMatch(i -> wanted.equals(columnsOf(i)));
  }

  private static Set<@Nullable String> columnsOf(Index index) {
    Set<@Nullable String> columns = new HashSet<>();
    index.parts().forEach(p -> columns.add(p.column()));
    return columns;
  }

  /** Goes through what the source declares, in the order in which names are taken. */
  private static final class Builder {
    private final SourceTable table;
    private final Scope scope;
    private final Names names;
    private final Findings findings;
    private final Collating collating;
    private final List<UniqueKey> uniqueKeys = new ArrayList<>();
    private final List<Index> companions = new ArrayList<>();

    Builder(SourceTable table, Scope scope, Names names, Findings findings) {
      this.table = table;
      this.scope = scope;
      this.names = names;
      this.findings = findings;
      this.collating = new Collating(table, scope);
    }

    Keys build() {
      PrimaryKey primaryKey = primaryKey();
      table.table().uniqueKeys().forEach(this::uniqueKey);
      List<Index> indexes = new ArrayList<>();
      table.table().indexes().forEach(i -> index(i, indexes));
      indexes.addAll(companions);
      return new Keys(primaryKey, List.copyOf(uniqueKeys), indexes);
    }

    /**
     * SQLite lets nulls into most primary keys. Such a key becomes a unique one, which lets them in
     * as well.
     */
    private @Nullable PrimaryKey primaryKey() {
      PrimaryKey declared = table.table().primaryKey();
      if (declared == null) {
        return null;
      }
      List<Integer> positions = distinct(declared.columns());
      if (positions.size() > MOST_COLUMNS) {
        findings.notCarried(
            Kind.PRIMARY_KEY, table.name(), "Not made: " + tooManyColumns(positions.size()));
        return null;
      }
      for (int position : positions) {
        ColumnProfile profile = table.profiles().get(position);
        if (profile.holds(StorageClass.NULL)) {
          findings.notCarried(
              Kind.PRIMARY_KEY,
              table.name(),
              "Its column "
                  + table.table().columns().get(position).name()
                  + " holds nulls, so it became a unique key: "
                  + profile.describe());
          uniqueKey(new UniqueKey(declared.name(), declared.columns(), declared.collations()));
          return null;
        }
      }
      List<String> columns = names.columns(table, positions);
      String name = names.key(declared.name(), NamingConvention.PRIMARY_KEY, table, columns);
      companion(name, positions, declared.collations());
      return new PrimaryKey(name, columns);
    }

    private void uniqueKey(UniqueKey key) {
      List<Integer> positions = distinct(key.columns());
      if (positions.size() > MOST_COLUMNS) {
        String which = key.name() == null ? table.name() : table.name() + "." + key.name();
        findings.notCarried(Kind.UNIQUE_KEY, which, tooManyColumns(positions.size()));
        return;
      }
      List<String> columns = names.columns(table, positions);
      String name = names.key(key.name(), NamingConvention.UNIQUE_KEY, table, columns);
      uniqueKeys.add(new UniqueKey(name, columns));
      companion(name, positions, key.collations());
    }

    /**
     * A key itself is over the plain columns, which other tables refer to. Where it compares by a
     * collation, a unique index beside it refuses what only that takes for equal.
     */
    private void companion(String key, List<Integer> positions, Map<String, String> collations) {
      if (collating.any(Collating.Effect.FOLDED, positions, collations)) {
        String name = names.companion(key, Collating.suffix(collations));
        companions.add(new Index(name, true, collating.parts(positions, collations), null));
      }
      for (int position : positions) {
        String column = table.table().columns().get(position).name();
        reportLost(position, collations.get(column), "Key " + key + " of table " + table.name());
      }
    }

    /** A column's own collation is reported once, for the column. */
    private void reportLost(int position, @Nullable String collation, String of) {
      if (collating.effect(position, collation) == Collating.Effect.LOST
          && !collating.isOwn(position, collation)) {
        String column = table.name() + "." + table.table().columns().get(position).name();
        findings.notCarried(
            Kind.COLLATION, column, of + " compares by " + collation + ": exactly in PostgreSQL");
      }
    }

    /**
     * SQLite lets a key name a column twice, PostgreSQL does not; the second time means nothing.
     */
    private List<Integer> distinct(List<String> columns) {
      return SourceNames.positions(table, columns).stream().distinct().toList();
    }

    private static String tooManyColumns(int columns) {
      return "it has " + columns + " columns, and PostgreSQL takes at most " + MOST_COLUMNS;
    }

    private void index(Index index, List<Index> into) {
      List<String> obstacles = new ArrayList<>();
      if (index.parts().size() > MOST_COLUMNS) {
        obstacles.add(tooManyColumns(index.parts().size()));
      }
      String predicate = predicate(index, obstacles);
      List<Index.Part> parts = index.parts().stream().map(p -> part(p, obstacles)).toList();
      if (obstacles.isEmpty()) {
        String name = names.index(index.name());
        into.add(new Index(name, index.unique(), parts, predicate));
        exactCompanion(name, index);
      } else {
        String reason = "On table " + table.name() + ": " + obstacles.get(0);
        findings.notCarried(Kind.INDEX, index.name(), reason);
      }
    }

    private @Nullable String predicate(Index index, List<String> obstacles) {
      String declared = index.predicate();
      return declared == null
          ? null
          : sql(Translator.predicate(declared, scope), "WHERE " + declared, obstacles);
    }

    /**
     * Other tables can refer to the columns of a unique index in their own collations, for which
     * PostgreSQL needs an index on them just as they are.
     */
    private void exactCompanion(String name, Index index) {
      boolean own =
          index.parts().stream()
              .allMatch(p -> p.column() != null && collating.isOwn(position(p), p.collation()));
      if (index.unique() && index.predicate() == null && own) {
        List<Integer> positions = index.parts().stream().map(this::position).distinct().toList();
        Map<String, String> collations = collating.own(positions);
        if (collating.any(Collating.Effect.FOLDED, positions, collations)) {
          List<Index.Part> plain = collating.parts(positions, Map.of());
          companions.add(new Index(names.companion(name, "exact"), true, plain, null));
        }
      }
    }

    private Index.Part part(Index.Part part, List<String> obstacles) {
      String expression = part.expression();
      if (expression != null) {
        String collation = part.collation() == null ? "BINARY" : part.collation();
        String collated = "(" + expression + "\n) COLLATE " + Dialect.SQLITE.quote(collation);
        String sql = sql(Translator.indexExpression(collated, scope), expression, obstacles);
        return new Index.Part(null, sql, part.descending(), null);
      }
      int position = position(part);
      reportLost(position, part.collation(), "An index on it");
      return collating.part(position, part.descending(), part.collation());
    }

    /** Returns the translation, or the original among the obstacles. */
    private static String sql(Translation translation, String original, List<String> obstacles) {
      if (translation instanceof Translation.Sql sql) {
        return sql.text();
      }
      obstacles.add(Findings.why(translation) + ": " + original);
      return original;
    }

    private int position(Index.Part part) {
      String column = part.column();
      return column == null ? -1 : SourceNames.position(table, column);
    }
  }
}
