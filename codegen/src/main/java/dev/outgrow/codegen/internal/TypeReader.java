package dev.outgrow.codegen.internal;

import dev.outgrow.error.ConfigurationException;
import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.codegen.JavaGenerator;
import org.jooq.codegen.JavaWriter;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.Database;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.UniqueKeyDefinition;

/**
 * Asks jOOQ which types it would generate, and generates nothing.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class TypeReader extends JavaGenerator {
  /** For jOOQ, which makes it by name. */
  public TypeReader() {}

  @Override
  public void generate(Database database) {
    if (!(database instanceof Migrated migrated)) {
      throw new ConfigurationException(
          "generator.database.name", database.getClass().getName(), "a migrated database");
    }
    // Nothing is written with it; it says how types are printed.
    JavaWriter out = newJavaWriter(new File(getStrategy().getTargetDirectory(), "Types.java"));
    for (TableDefinition table : database.getTables()) {
      if (!table.isTableValuedFunction()) {
        migrated.types().put(table.getInputName(), columns(table, out));
      }
    }
  }

  private Map<String, String> columns(TableDefinition table, JavaWriter out) {
    Map<String, String> types = new TreeMap<>();
    for (ColumnDefinition column : table.getColumns()) {
      DataTypeDefinition type = column.getType(resolver(out));
      String name = getJavaType(type, out);
      String simple = name.substring(name.lastIndexOf('.') + 1);
      types.put(column.getInputName(), simple + (isNullable(column, type) ? "?" : ""));
    }
    return types;
  }

  /** SQLite does not say of a rowid's other name that it is never null. */
  private static boolean isNullable(ColumnDefinition column, DataTypeDefinition type) {
    UniqueKeyDefinition key = column.getPrimaryKey();
    boolean isRowid =
        key != null
            && key.getKeyColumns().size() == 1
            && column.getDefinedType().getType().equalsIgnoreCase("integer");
    return type.isNullable() && !type.isIdentity() && !isRowid;
  }
}
