package dev.outgrow.codegen.internal;

import dev.outgrow.error.ConfigurationException;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.jooq.codegen.GeneratorException;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.JavaGenerator;
import org.jooq.meta.ConstraintDefinition;
import org.jooq.meta.Database;
import org.jooq.meta.Definition;
import org.jooq.meta.DomainDefinition;
import org.jooq.meta.EnumDefinition;
import org.jooq.meta.ForeignKeyDefinition;
import org.jooq.meta.IdentityDefinition;
import org.jooq.meta.IndexDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.SequenceDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.UniqueKeyDefinition;
import org.jspecify.annotations.Nullable;

/**
 * jOOQ's generator, once for each chain: what a chain made goes into the chain's package, and
 * refers to the packages of the chains it stands on. The other way nothing refers: the core's
 * classes compile without the plugin's.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class ChainGenerator extends JavaGenerator {
  /** A record's constructor takes one less than the 255 words that Java has for parameters. */
  private static final int MOST_COMPONENTS = 254;

  private @Nullable ChainStrategy chains;
  private @Nullable GeneratorStrategy seen;
  private boolean tooWide;

  /** For jOOQ, which makes it by name. */
  public ChainGenerator() {}

  @Override
  public void setStrategy(GeneratorStrategy strategy) {
    ChainStrategy own = new ChainStrategy(strategy);
    super.setStrategy(own);
    this.chains = own;
    this.seen = inItsChain(super.getStrategy(), own);
  }

  @Override
  public GeneratorStrategy getStrategy() {
    GeneratorStrategy strategy = seen;
    return strategy == null ? super.getStrategy() : strategy;
  }

  /** jOOQ finds a key by its schema's class {@code Keys}; there is one in each chain's package. */
  private static GeneratorStrategy inItsChain(GeneratorStrategy names, ChainStrategy chains) {
    return (GeneratorStrategy)
        Proxy.newProxyInstance(
            GeneratorStrategy.class.getClassLoader(),
            new Class<?>[] {GeneratorStrategy.class},
            (proxy, method, arguments) -> {
              if (arguments != null
                  && method.getName().equals("getFullJavaIdentifier")
                  && arguments[0] instanceof Definition one
                  && isListedBySchema(one)) {
                return chains.within(one, () -> names.getFullJavaIdentifier(one));
              }
              try {
                return method.invoke(names, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private static boolean isListedBySchema(Definition definition) {
    return definition instanceof ConstraintDefinition
        || definition instanceof IndexDefinition
        || definition instanceof SequenceDefinition
        || definition instanceof DomainDefinition
        || definition instanceof IdentityDefinition;
  }

  @Override
  public void generate(Database database) {
    ChainStrategy strategy = chains;
    if (!(database instanceof Migrated migrated) || strategy == null) {
      throw new ConfigurationException(
          "generator.database.name",
          database.getClass().getName(),
          "dev.outgrow.codegen.MigratedPostgresDatabase, MigratedSqliteDatabase or a class of"
              + " yours that extends one of them");
    }
    Belonging belonging = new Belonging(migrated.scratch().owners());
    String target = strategy.getTargetPackage();
    Packages packages = migrated.packages().orElseGet(() -> new Packages(target, Map.of(), null));
    strategy.begin(belonging, packages);
    database.setIncludeRelations(generateRelations());
    database.setTableValuedFunctions(generateTableValuedFunctions());
    new Names(getStrategy(), strategy).distinguish(database);
    parted(database, belonging);
    for (String chain : packages.wanted(migrated.scratch().chains())) {
      strategy.enter(chain);
      Database view = ChainView.of(database, chain, belonging);
      super.generate(view);
      requireAll(view);
    }
  }

  /** Where a class fails, jOOQ writes to its log and goes on without it. */
  private void requireAll(Database view) {
    for (SchemaDefinition schema : view.getSchemata()) {
      for (TableDefinition table : view.getTables(schema)) {
        if (generateTables()) {
          require(table, getStrategy().getFile(table));
        }
        if (generateRecords() && !table.isTableValuedFunction()) {
          require(table, getStrategy().getFile(table, GeneratorStrategy.Mode.RECORD));
        }
      }
      for (EnumDefinition type : view.getEnums(schema)) {
        if (generateUDTs()) {
          require(type, getStrategy().getFile(type, GeneratorStrategy.Mode.ENUM));
        }
      }
    }
  }

  private static void require(Definition of, File file) {
    if (!file.exists()) {
      throw new GeneratorException("jOOQ made no " + file.getName() + " of " + of);
    }
  }

  /** The way back from a table to one of another chain would be a way to a class that may lack. */
  private static void parted(Database database, Belonging belonging) {
    for (UniqueKeyDefinition key : database.getKeys()) {
      List<ForeignKeyDefinition> references = key.getForeignKeys();
      references.removeIf(
          reference -> !belonging.of(reference).equals(belonging.of(key.getTable())));
    }
  }

  @Override
  protected void generatePojo(TableDefinition table) {
    if (!isTooWide(table)) {
      super.generatePojo(table);
    }
  }

  /** Where there is no record of Java's, jOOQ's own has no constructor that takes one. */
  @Override
  protected void generateRecord(TableDefinition table) {
    tooWide = isTooWide(table);
    super.generateRecord(table);
    tooWide = false;
  }

  private boolean isTooWide(TableDefinition table) {
    return generatePojosAsJavaRecordClasses() && table.getColumns().size() > MOST_COMPONENTS;
  }

  /** A plugin may need the path to a table to which nothing of its own chain refers. */
  @Override
  public boolean generateImplicitJoinPathUnusedConstructors() {
    return true;
  }

  @Override
  public boolean generatePojos() {
    return !tooWide && super.generatePojos();
  }
}
