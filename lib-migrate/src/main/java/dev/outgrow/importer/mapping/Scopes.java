package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.translate.Scope;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import java.util.ArrayList;
import java.util.List;

/** What the translation of SQL may know of a table's columns. */
final class Scopes {
  private Scopes() {}

  static Scope of(SourceTable table, Names names, TypeMap types) {
    List<Scope.Column> columns = new ArrayList<>();
    for (int i = 0; i < table.table().columns().size(); i++) {
      Column column = table.table().columns().get(i);
      TypeChoice choice = types.choice(table, i);
      TargetType type = choice.type();
      ColumnProfile profile = table.profiles().get(i);
      boolean asStored = choice.reading().keepsValues();
      boolean uniform = asStored && isUniform(type, profile);
      String collation = column.collation();
      columns.add(
          new Scope.Column(
              column.name(),
              names.column(table, i),
              choice.ruled() && !uniform ? unknown(type) : type.sql(),
              column.type(),
              collation == null ? "BINARY" : collation,
              uniform,
              asStored && isMixed(type, profile)));
    }
    return new Scope(table.name(), Identifier.of(names.table(table.name())), columns);
  }

  private static boolean isMixed(TargetType type, ColumnProfile profile) {
    boolean text = type.base() == TargetType.Base.TEXT || type.base() == TargetType.Base.VARCHAR;
    return text && profile.holdsOnly(StorageClass.INTEGER, StorageClass.TEXT);
  }

  /**
   * A number that was none before is not what the SQL speaks of: not even a comparison may be
   * translated, as it would be for a type by this name.
   */
  private static String unknown(TargetType type) {
    return type.sql() + " ";
  }

  /**
   * Whether a value means the same to both sides as it stands. Days and times do not: what is one
   * moment to PostgreSQL has several spellings in SQLite.
   */
  private static boolean isUniform(TargetType type, ColumnProfile profile) {
    return switch (type.base()) {
      case BIGINT, BOOLEAN -> profile.holdsOnly(StorageClass.INTEGER);
      case DOUBLE_PRECISION -> profile.holdsOnly(StorageClass.REAL);
      case NUMERIC -> profile.holdsOnly(StorageClass.INTEGER, StorageClass.REAL);
      case TEXT, VARCHAR -> profile.holdsOnly(StorageClass.TEXT);
      case BYTEA -> profile.holdsOnly(StorageClass.BLOB);
      case SMALLINT, INTEGER -> profile.holdsOnly(StorageClass.INTEGER);
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON, REAL, JSONB -> false;
    };
  }
}
