package dev.outgrow.codegen.internal;

import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.codegen.AbstractDelegatingGeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.meta.CatalogDefinition;
import org.jooq.meta.Definition;
import org.jooq.meta.EnumDefinition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.InverseForeignKeyDefinition;
import org.jooq.meta.ManyToManyKeyDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The names of a strategy, in the package of the chain that made the thing, and different where two
 * would be the same in Java.
 */
final class ChainStrategy extends AbstractDelegatingGeneratorStrategy {
  /** A class of such a name in the package would hide the one that generated code means. */
  private static final Set<String> OF_JAVA_LANG =
      Set.of(
          "Boolean",
          "Byte",
          "CharSequence",
          "Character",
          "Class",
          "Comparable",
          "Deprecated",
          "Double",
          "Enum",
          "Error",
          "Exception",
          "Float",
          "FunctionalInterface",
          "Integer",
          "Iterable",
          "Long",
          "Math",
          "Number",
          "Object",
          "Override",
          "Record",
          "RuntimeException",
          "SafeVarargs",
          "Short",
          "String",
          "StringBuilder",
          "SuppressWarnings",
          "System",
          "Throwable",
          "Void");

  /** Methods of every object: no component of a record may have such a name. */
  private static final Set<String> OF_OBJECT =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private final IdentityHashMap<Definition, String> suffixes = new IdentityHashMap<>();
  private @Nullable Belonging belonging;
  private @Nullable Packages packages;
  private String chain = "";

  ChainStrategy(GeneratorStrategy names) {
    super(names);
  }

  void begin(Belonging whose, Packages how) {
    this.belonging = whose;
    this.packages = how;
  }

  /** From here on schemas, and what is listed by schema, are this chain's. */
  void enter(String next) {
    this.chain = next;
  }

  /** Answers as if in the chain that a thing belongs to. */
  <T> T within(Definition definition, Supplier<T> question) {
    String before = chain;
    chain = owner(definition);
    try {
      return question.get();
    } finally {
      chain = before;
    }
  }

  /** Makes all names of a thing different from those it would have. */
  void distinguish(Definition definition, String suffix) {
    suffixes.put(definition, suffix);
  }

  private String owner(Definition definition) {
    boolean container =
        definition instanceof CatalogDefinition || definition instanceof SchemaDefinition;
    Belonging whose = belonging;
    Optional<String> of = container || whose == null ? Optional.empty() : whose.of(definition);
    return of.orElse(chain);
  }

  private String distinct(Definition definition, String name) {
    return name + suffixes.getOrDefault(definition, "");
  }

  /** Puts the chain's package in the place of the common one, and leaves out the usual schema. */
  private String moved(Definition definition, String name) {
    Packages how = packages;
    String base = getTargetPackage();
    if (how == null || !name.startsWith(base)) {
      return name;
    }
    String rest = name.substring(base.length());
    SchemaDefinition schema = definition.getSchema();
    if (schema != null && schema.isDefaultSchema()) {
      String segment = "." + delegate.getJavaIdentifier(schema).toLowerCase(getTargetLocale());
      if ((rest + ".").startsWith(segment + ".")) {
        rest = rest.substring(segment.length());
      }
    }
    return how.of(owner(definition)) + rest;
  }

  @Override
  public String getJavaPackageName(Definition definition, Mode mode) {
    return moved(definition, delegate.getJavaPackageName(definition, mode));
  }

  @Override
  public String getGlobalReferencesJavaPackageName(
      Definition container, Class<? extends Definition> type) {
    return moved(container, delegate.getGlobalReferencesJavaPackageName(container, type));
  }

  @Override
  public String getGlobalNamesJavaPackageName(
      Definition container, Class<? extends Definition> type) {
    return moved(container, delegate.getGlobalNamesJavaPackageName(container, type));
  }

  @Override
  public String getJavaClassName(Definition definition, Mode mode) {
    String name = distinct(definition, delegate.getJavaClassName(definition, mode));
    if (!name.isEmpty() && !Character.isUpperCase(name.codePointAt(0))) {
      name = "T" + name; // a constant or a parameter of that name would hide the class
    }
    return OF_JAVA_LANG.contains(name) ? name + "_" : name;
  }

  @Override
  public String getJavaIdentifier(Definition definition) {
    // The way back is asked of the key itself.
    Definition listed =
        definition instanceof InverseForeignKeyDefinition back ? back.getForeignKey() : definition;
    String name = distinct(listed, delegate.getJavaIdentifier(definition));
    return name.equals("DSL") ? name + "_" : name; // it would hide jOOQ's class
  }

  /**
   * Of a table that refers to itself, {@code items()} is the one, {@code itemsByParentId()} many.
   */
  @Override
  public String getJavaMethodName(Definition definition, Mode mode) {
    String name = distinct(led(definition), delegate.getJavaMethodName(definition, mode));
    if (definition instanceof InverseForeignKeyDefinition back
        && back.getReferencingTable().equals(back.getTable())) {
      StringBuilder by = new StringBuilder(name).append("By");
      back.getReferencingColumns()
          .forEach(column -> by.append(delegate.getJavaClassName(column, Mode.DEFAULT)));
      return by.toString();
    }
    return name;
  }

  /** A path is called after the table that it leads to. */
  private static Definition led(Definition path) {
    if (path instanceof InverseForeignKeyDefinition back) {
      return back.getReferencingTable();
    } else if (path instanceof ForeignKeyDefinition there) {
      return there.getReferencedTable();
    } else if (path instanceof ManyToManyKeyDefinition through) {
      return through.getForeignKey2().getReferencedTable();
    }
    return path;
  }

  @Override
  public String getJavaMemberName(Definition definition, Mode mode) {
    String name = distinct(definition, delegate.getJavaMemberName(definition, mode));
    return OF_OBJECT.contains(name) ? name + "_" : name;
  }

  @Override
  public String getJavaGetterName(Definition definition, Mode mode) {
    return distinct(definition, delegate.getJavaGetterName(definition, mode));
  }

  @Override
  public String getJavaSetterName(Definition definition, Mode mode) {
    return distinct(definition, delegate.getJavaSetterName(definition, mode));
  }

  /** Those of one enum that would be the same are numbered in the order of the enum. */
  @Override
  public String getJavaEnumLiteral(EnumDefinition definition, String literal) {
    String name = delegate.getJavaEnumLiteral(definition, literal);
    int before = 0;
    for (String other : definition.getLiterals()) {
      if (other.equals(literal)) {
        break;
      }
      if (delegate.getJavaEnumLiteral(definition, other).equals(name)) {
        before++;
      }
    }
    return before == 0 ? name : name + "_" + (before + 1);
  }

  @Override
  public String getFileHeader(Definition definition, Mode mode) {
    return "Made by Outgrow from the migrations of the chain "
        + owner(definition)
        + ". Changes are lost.";
  }

  @Override
  public String getGlobalReferencesFileHeader(
      Definition container, Class<? extends Definition> type) {
    return getFileHeader(container, Mode.DEFAULT);
  }
}
