package dev.outgrow.codegen;

import dev.outgrow.codegen.internal.ScratchSource;
import dev.outgrow.codegen.internal.TimeRule;
import dev.outgrow.database.Backend;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.migration.Chain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.meta.jaxb.Configuration;
import org.jspecify.annotations.Nullable;

/** What a {@link Codegen} was told. */
final class CodegenSettings {
  final List<Chain> chains;
  DatabaseSetup setup = DatabaseSetup.of();
  Backend backend = Backend.POSTGRESQL;
  @Nullable ScratchSource source;
  @Nullable Path directory;
  String packageName = "db";
  @Nullable Set<String> only;
  final Map<String, String> packages = new TreeMap<>();
  final List<TimeRule> rules = new ArrayList<>();
  Configuration given = new Configuration();
  boolean always;
  Tools tools = Tools.present();

  /** The versions of what generates. */
  record Tools(String outgrow, String jooq) {
    static Tools present() {
      String own = Codegen.class.getPackage().getImplementationVersion();
      return new Tools(String.valueOf(own), org.jooq.codegen.Constants.FULL_VERSION);
    }
  }

  CodegenSettings(List<Chain> chains) {
    this.chains = List.copyOf(chains);
  }

  CodegenSettings copy() {
    CodegenSettings copy = new CodegenSettings(chains);
    copy.setup = setup;
    copy.backend = backend;
    copy.source = source;
    copy.directory = directory;
    copy.packageName = packageName;
    copy.only = only;
    copy.packages.putAll(packages);
    copy.rules.addAll(rules);
    copy.given = given;
    copy.always = always;
    copy.tools = tools;
    return copy;
  }
}
