package dev.outgrow.codegen.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Property;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;

/**
 * Runs jOOQ over a scratch database, into a folder of its own.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Production {
  static {
    quieten("org.jooq.no-logo");
    quieten("org.jooq.no-tips");
  }

  private Production() {}

  private static void quieten(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "true");
    }
  }

  /**
   * Returns the sources by their paths.
   *
   * @param configuration as {@link Defaults} completed it; it is written into
   */
  public static Map<String, String> sources(
      MigratedScratch scratch, Packages packages, Configuration configuration) throws Exception {
    Path folder = Files.createTempDirectory("outgrow-codegen-");
    try {
      run(new Handover.Part(scratch, packages, new TreeMap<>()), configuration, folder);
      return Tidy.all(read(folder));
    } finally {
      Folders.delete(folder);
    }
  }

  /** Returns the types that columns would have in Java, by table and column. */
  public static Map<String, Map<String, String>> types(
      MigratedScratch scratch, Configuration configuration) throws Exception {
    Path folder = Files.createTempDirectory("outgrow-codegen-");
    try {
      configuration.getGenerator().setName(TypeReader.class.getName());
      Map<String, Map<String, String>> types = new TreeMap<>();
      Packages packages = new Packages("db", Map.of(), null);
      run(new Handover.Part(scratch, packages, types), configuration, folder);
      return types;
    } finally {
      Folders.delete(folder);
    }
  }

  /**
   * Refuses a language in which jOOQ writes other names, or looks for types by others: in Turkish
   * the upper case of i is not I.
   */
  private static void refuseOtherLetters() {
    Locale language = Locale.getDefault();
    if (!"i".toUpperCase(language).equals("I") || !"I".toLowerCase(language).equals("i")) {
      throw new ConfigurationException(
          "language of the process",
          language.toLanguageTag(),
          "one whose upper case of i is I, as jOOQ needs: start Java with -Duser.language=en");
    }
  }

  private static void run(Handover.Part part, Configuration configuration, Path folder)
      throws Exception {
    refuseOtherLetters();
    String ticket = Handover.leave(part);
    try {
      aim(configuration, part.scratch(), folder, part.packages().base());
      Database database = configuration.getGenerator().getDatabase();
      database.getProperties().add(new Property().withKey(Handover.TICKET).withValue(ticket));
      GenerationTool tool = new GenerationTool();
      tool.setConnection(part.scratch().connection());
      tool.run(configuration);
    } finally {
      Handover.forget(ticket);
    }
  }

  private static void aim(
      Configuration configuration, MigratedScratch scratch, Path folder, String packageName) {
    Database database = configuration.getGenerator().getDatabase();
    if (database.getName() == null) {
      database.setName(
          "dev.outgrow.codegen.Migrated"
              + (scratch.database().backend() == Backend.POSTGRESQL ? "Postgres" : "Sqlite")
              + "Database");
    }
    String named = database.getInputSchema(); // jOOQ's own default is an empty one
    if ((named == null || named.isBlank())
        && database.getSchemata().isEmpty()
        && database.getCatalogs().isEmpty()) {
      database.setSchemata(schemata(scratch));
    }
    Target target = configuration.getGenerator().getTarget();
    target.setDirectory(folder.toString());
    target.setPackageName(packageName);
    target.setClean(false);
    target.setEncoding("UTF-8");
    target.setLocale("en");
  }

  /** The schema that nobody has to name is not named in statements either. */
  private static List<SchemaMappingType> schemata(MigratedScratch scratch) {
    List<SchemaMappingType> schemata = new ArrayList<>();
    for (String schema : scratch.schemas()) {
      schemata.add(
          new SchemaMappingType()
              .withInputSchema(schema)
              .withOutputSchemaToDefault(schema.equals(scratch.home())));
    }
    return schemata;
  }

  private static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        sources.put(path, Files.readString(file));
      }
    }
    return sources;
  }
}
