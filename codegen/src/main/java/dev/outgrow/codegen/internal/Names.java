package dev.outgrow.codegen.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.meta.Database;
import org.jooq.meta.Definition;
import org.jooq.meta.EnumDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;

/**
 * Sees to it that no two things have one name in Java: {@code "onPlay"} and {@code onplay}, {@code
 * a-b} and {@code a_b}. The first, in the order of their names in the database, keeps its name; the
 * others are numbered.
 */
final class Names {
  private final GeneratorStrategy names;
  private final ChainStrategy strategy;

  Names(GeneratorStrategy names, ChainStrategy strategy) {
    this.names = names;
    this.strategy = strategy;
  }

  void distinguish(Database database) {
    for (SchemaDefinition schema : database.getSchemata()) {
      List<Definition> types = new ArrayList<>(database.getTables(schema));
      types.addAll(database.getEnums(schema));
      types.addAll(database.getUDTs(schema));
      types.addAll(database.getArrays(schema));
      types.addAll(database.getRoutines(schema));
      settle(types, this::ofType);
      List<Definition> keys = new ArrayList<>(database.getKeys(schema));
      keys.addAll(database.getForeignKeys(schema));
      settle(keys, this::ofReference);
      settle(database.getIndexes(schema), this::ofReference);
      settle(database.getSequences(schema), this::ofReference);
      settle(database.getDomains(schema), this::ofReference);
      for (TableDefinition table : database.getTables(schema)) {
        settle(table.getColumns(), this::ofColumn);
      }
    }
  }

  private Set<String> ofType(Definition type) {
    // Files, on some systems, are told apart by more than the case of their names.
    String file = names.getFullJavaClassName(type).toLowerCase(Locale.ROOT);
    if (type instanceof TableDefinition) {
      String constant = names.getJavaPackageName(type) + " " + names.getJavaIdentifier(type);
      return Set.of(file, constant);
    }
    return type instanceof EnumDefinition ? Set.of(file) : Set.of(file + overload(type));
  }

  private static String overload(Definition type) {
    return " " + type.getOverload();
  }

  private Set<String> ofReference(Definition reference) {
    return Set.of(names.getFullJavaIdentifier(reference));
  }

  private Set<String> ofColumn(Definition column) {
    Set<String> all = new HashSet<>();
    all.add("constant " + names.getJavaIdentifier(column));
    all.add("member " + names.getJavaMemberName(column, Mode.POJO));
    all.add("method " + names.getJavaGetterName(column, Mode.RECORD));
    all.add("method " + names.getJavaSetterName(column, Mode.RECORD));
    return all;
  }

  private void settle(
      List<? extends Definition> things, Function<Definition, Set<String>> namesOf) {
    Map<String, Definition> taken = new HashMap<>();
    List<Definition> inOrder = new ArrayList<>(things);
    inOrder.sort(
        Comparator.comparing(Definition::getQualifiedInputName)
            .thenComparing(thing -> String.valueOf(thing.getOverload())));
    for (Definition thing : inOrder) {
      for (int number = 2; namesOf.apply(thing).stream().anyMatch(taken::containsKey); number++) {
        strategy.distinguish(thing, "_" + number);
      }
      namesOf.apply(thing).forEach(name -> taken.put(name, thing));
    }
  }
}
