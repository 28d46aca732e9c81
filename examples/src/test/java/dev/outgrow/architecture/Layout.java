package dev.outgrow.architecture;

import java.util.List;
import java.util.stream.Stream;

/**
 * The tables of the architecture as data: which module has which packages, and who may know whom.
 * Package names are relative to the root package; a module owns the packages beneath its own.
 */
final class Layout {
  /** A package, and the packages it may, or must not, know. */
  record Row(String name, List<String> others) {
    static Row of(String name, String... others) {
      return new Row(name, List.of(others));
    }
  }

  /** A module: its own top packages, and the modules it may know besides itself. */
  record Module(String name, List<String> packages, List<String> mayKnow) {}

  static final Module CORE =
      new Module("lib-core", List.of("error", "schema", "sql", "database"), List.of());
  static final Module MIGRATE =
      new Module(
          "lib-migrate",
          List.of("migration", "importer", "exporter", "backup", "disk", "json"),
          List.of("lib-core"));
  static final Module QUERY = new Module("lib-query", List.of("query"), List.of("lib-core"));
  static final Module TEST =
      new Module("lib-test", List.of("test"), List.of("lib-core", "lib-migrate"));
  static final Module CODEGEN =
      new Module("codegen", List.of("codegen"), List.of("lib-core", "lib-migrate"));

  /** Its jar is no named module: Maven loads plugins from a class path. */
  static final Module CODEGEN_MAVEN_PLUGIN =
      new Module(
          "codegen-maven-plugin", List.of("maven"), List.of("lib-core", "lib-migrate", "codegen"));

  /** What users get; the examples and the benchmarks may know everything. */
  static final List<Module> PUBLISHED =
      List.of(CORE, MIGRATE, QUERY, TEST, CODEGEN, CODEGEN_MAVEN_PLUGIN);

  static final List<Row> MAY_IMPORT =
      List.of(
          Row.of("error"),
          Row.of("schema", "error"),
          Row.of("sql", "schema", "error"),
          Row.of("sql.sqlite", "schema", "error", "sql"),
          Row.of("schema.comparison", "schema", "error", "sql", "sql.sqlite"),
          Row.of("database", "error", "sql", "database.violation"),
          Row.of(
              "database.catalog",
              "database",
              "schema",
              "schema.comparison",
              "error",
              "sql",
              "sql.sqlite"),
          Row.of("database.metrics", "database", "error"),
          Row.of("database.doctor", "database", "error", "sql"),
          Row.of("database.setup", "database", "error", "sql"),
          Row.of("database.scratch", "database", "sql", "error"),
          Row.of("database.violation", "schema", "error", "sql", "sql.sqlite"),
          Row.of("disk"),
          Row.of("json"),
          Row.of("importer.journal", "sql"),
          Row.of("importer.jfr", "importer.progress", "importer.plan"),
          Row.of("importer.metrics", "importer.progress", "importer.plan", "error"),
          Row.of("importer.progress", "importer.plan"),
          Row.of("importer.source", "schema", "error"),
          Row.of("importer.reading", "importer.source", "schema", "error"));

  static final List<Row> MUST_NOT_IMPORT =
      List.of(
          Row.of("migration.internal.flyway", "importer"),
          Row.of("migration.drift", "java.sql", "importer"),
          Row.of("migration.fingerprint", "java.sql"),
          Row.of("migration.ownership", "java.sql", "importer"),
          Row.of("migration.script", "java.sql", "importer"),
          Row.of("migration.statement", "java.sql"),
          Row.of("migration.safety", "importer"),
          Row.of("migration.authoring", "java.sql", "migration.internal.flyway", "importer"),
          Row.of("importer.sqlite", "importer.postgres", "importer.copy", "importer.mapping"),
          Row.of(
              "importer.page",
              "java.sql",
              "importer.sqlite",
              "importer.postgres",
              "importer.copy",
              "importer.mapping"),
          Row.of(
              "importer.file",
              "importer.sqlite",
              "importer.translate",
              "importer.postgres",
              "importer.copy",
              "importer.mapping",
              "importer.plan"),
          Row.of("importer.salvage", "importer.postgres", "importer.copy", "importer.mapping"),
          Row.of("importer.translate", "java.sql"),
          Row.of("importer.mapping", "java.sql", "importer.sqlite", "importer.postgres"),
          Row.of(
              "importer.existing",
              "java.sql",
              "importer.plan",
              "importer.copy",
              "importer.sqlite",
              "importer.postgres"),
          Row.of("importer.plan", "java.sql", "importer.sqlite", "importer.postgres"),
          Row.of(
              "importer.copy", "java.sql", "importer.plan", "importer.sqlite", "importer.postgres"),
          Row.of("importer.postgres", "importer.sqlite"),
          Row.of("importer.verify", "importer.plan", "importer.copy", "importer.reading"),
          Row.of(
              "importer.reject",
              "importer.sqlite",
              "importer.postgres",
              "importer.copy",
              "importer.plan",
              "importer.verify"),
          Row.of("importer.report", "java.sql", "importer.sqlite", "importer.postgres"));

  /** Packages that neither table names, so that a new package cannot come in unnoticed. */
  static final List<String> UNRESTRICTED =
      List.of(
          "migration",
          "importer",
          "exporter",
          "backup",
          "query",
          "query.export",
          "query.internal",
          "query.lateral",
          "query.page",
          "query.parity",
          "query.repository",
          "query.series",
          "query.table",
          "query.time",
          "query.write",
          "test",
          "test.internal",
          "codegen",
          "codegen.internal",
          "maven");

  private Layout() {}

  /** Returns every package of the published modules. */
  static List<String> packages() {
    return Stream.of(
            MAY_IMPORT.stream().map(Row::name),
            MUST_NOT_IMPORT.stream().map(Row::name),
            UNRESTRICTED.stream())
        .flatMap(names -> names)
        .sorted()
        .toList();
  }

  /** Returns the package patterns of every published module except these. */
  static String[] published(String root, Module... except) {
    return PUBLISHED.stream()
        .filter(module -> !List.of(except).contains(module))
        .flatMap(module -> patterns(root, module))
        .toArray(String[]::new);
  }

  /** Returns the package patterns of one module and of the modules it may know. */
  static String[] reach(String root, Module module) {
    Stream<Module> known =
        PUBLISHED.stream().filter(other -> module.mayKnow().contains(other.name()));
    return Stream.concat(Stream.of(module), known)
        .flatMap(other -> patterns(root, other))
        .toArray(String[]::new);
  }

  /** Returns the package patterns of one module. */
  static Stream<String> patterns(String root, Module module) {
    return module.packages().stream().map(name -> root + "." + name + "..");
  }
}
