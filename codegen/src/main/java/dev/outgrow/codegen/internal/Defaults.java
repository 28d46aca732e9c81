package dev.outgrow.codegen.internal;

import dev.outgrow.database.Backend;
import java.util.ArrayList;
import java.util.List;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.OnError;
import org.jooq.meta.jaxb.Strategy;
import org.jooq.meta.jaxb.Target;

/**
 * What jOOQ is told where nobody says otherwise.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Defaults {
  private static final String NULLABLE = "org.jspecify.annotations.Nullable";

  private static final String ZONED = "(?i:timestamptz|(?!.*without)timestamp.*with.*time.*zone)";

  private Defaults() {}

  /**
   * Returns a configuration with everything in it that the given one does not say.
   *
   * @param given is not changed; a part of it that is there ({@code generate}, {@code strategy}) is
   *     taken whole
   */
  public static Configuration completing(
      Configuration given, Backend backend, List<TimeRule> rules) {
    Configuration made = Copies.of(given);
    made.setJdbc(null); // the connection is ours
    if (made.getLogging() == null) {
      made.setLogging(Logging.WARN);
    }
    made.setOnUnused(OnError.SILENT); // a rule for columns that no chain has yet is no fault
    Generator generator = made.getGenerator() == null ? new Generator() : made.getGenerator();
    made.setGenerator(generator);
    // jOOQ gives these two a name of its own where there is none.
    if (given.getGenerator() == null || isUsual(generator)) {
      generator.setName(ChainGenerator.class.getName());
    }
    if (generator.getGenerate() == null) {
      generator.setGenerate(generate());
    }
    if (generator.getStrategy() == null) {
      generator.setStrategy(new Strategy());
    }
    if (generator.getTarget() == null) {
      generator.setTarget(new Target());
    }
    if (generator.getDatabase() == null) {
      generator.setDatabase(new Database());
    }
    complete(generator.getDatabase(), backend, rules);
    return made;
  }

  private static boolean isUsual(Generator generator) {
    return generator.getName() == null
        || generator.getName().equals("org.jooq.codegen.DefaultGenerator")
        || generator.getName().equals("org.jooq.codegen.JavaGenerator");
  }

  private static Generate generate() {
    return new Generate()
        .withPojos(true)
        .withPojosAsJavaRecordClasses(true)
        .withPojosToString(false) // a record has one
        .withNullableAnnotation(true)
        .withNullableAnnotationType(NULLABLE)
        .withDefaultCatalog(false)
        .withGlobalCatalogReferences(false)
        .withGlobalSchemaReferences(false)
        .withSources(false) // a server's own wording of a view differs with its version
        .withDeprecationOnUnknownTypes(false)
        .withNewline("\\n");
  }

  private static void complete(Database database, Backend backend, List<TimeRule> rules) {
    List<ForcedType> forced = new ArrayList<>(database.getForcedTypes());
    rules.forEach(rule -> forced.add(rule.forced()));
    forced.addAll(backend == Backend.POSTGRESQL ? ofPostgres() : ofSqlite());
    database.setForcedTypes(forced);
    if (database.getOrderProvider() == null) {
      database.setOrderProvider(StableOrder.class.getName());
    }
  }

  private static List<ForcedType> ofPostgres() {
    return List.of(new ForcedType().withName("INSTANT").withIncludeTypes(ZONED));
  }

  /** A number of SQLite has 64 bits, whatever its column is declared as. */
  private static List<ForcedType> ofSqlite() {
    return List.of(
        new ForcedType().withName("INSTANT").withIncludeTypes(ZONED),
        new ForcedType().withName("BIGINT").withIncludeTypes("(?i:.*int.*)"),
        new ForcedType().withName("DOUBLE").withIncludeTypes("(?i:.*(real|floa|doub).*)"));
  }
}
