package dev.outgrow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each published jar is a named module that shows the world its facades alone. The plugin is none:
 * Maven loads it from a class path, and nobody can require it.
 */
class ModulesTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));

  /**
   * A module by its folder, and what it may export to everybody; to a module of ours it may more.
   */
  record Published(String folder, List<String> facades) {
    @Override
    public String toString() {
      return folder;
    }
  }

  static List<Published> published() {
    return List.of(
        new Published(
            "lib-core",
            List.of(
                "error",
                "schema",
                "schema.comparison",
                "sql",
                "sql.sqlite",
                "database",
                "database.catalog",
                "database.doctor",
                "database.metrics",
                "database.scratch",
                "database.setup")),
        new Published(
            "lib-migrate",
            List.of(
                "migration",
                "migration.authoring",
                "migration.drift",
                "migration.fingerprint",
                "migration.ownership",
                "migration.safety",
                "importer",
                "importer.existing",
                "importer.mapping",
                "importer.metrics",
                "importer.plan",
                "importer.progress",
                "importer.report",
                "importer.source",
                "importer.verify",
                "exporter",
                "backup")),
        new Published(
            "lib-query",
            List.of(
                "query",
                "query.export",
                "query.lateral",
                "query.page",
                "query.parity",
                "query.repository",
                "query.series",
                "query.table",
                "query.time",
                "query.write")),
        new Published("lib-test", List.of("test")),
        new Published("codegen", List.of("codegen")));
  }

  @ParameterizedTest
  @MethodSource("published")
  void exportsNothingButFacades(Published module) throws IOException {
    assertThat(exportedToAll(descriptor(module)))
        .isSubsetOf(module.facades().stream().map(name -> "dev.outgrow." + name).toList());
  }

  @ParameterizedTest
  @MethodSource("published")
  void isNamedAfterTheHouseAndOpensNothing(Published module) throws IOException {
    ModuleDescriptor descriptor = descriptor(module);

    assertThat(descriptor.name())
        .isEqualTo("dev.outgrow." + module.folder().substring(module.folder().indexOf('-') + 1));
    assertThat(descriptor.isOpen()).isFalse();
    assertThat(descriptor.opens()).isEmpty();
  }

  private static List<String> exportedToAll(ModuleDescriptor descriptor) {
    return descriptor.exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .toList();
  }

  private static ModuleDescriptor descriptor(Published module) throws IOException {
    Path file = ROOT.resolve(module.folder()).resolve("target/classes/module-info.class");
    try (InputStream in = Files.newInputStream(file)) {
      return ModuleDescriptor.read(in);
    }
  }
}
