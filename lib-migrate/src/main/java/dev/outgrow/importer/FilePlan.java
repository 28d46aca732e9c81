package dev.outgrow.importer;

import dev.outgrow.importer.file.Definition;
import dev.outgrow.importer.file.StoredTable;
import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The steps of an import into a SQLite file, for reading. */
final class FilePlan {
  private FilePlan() {}

  static ImportPlan of(Path file, ImportOptions options, ImportNames names) {
    FileChoices.refuse(options);
    try (FileSource source = FileSource.open(file, options)) {
      List<Step> steps = new ArrayList<>();
      steps.add(step(Phase.PREPARE, "Begin the one transaction", "BEGIN IMMEDIATE"));
      source.storedTables().forEach(t -> steps.add(step(Phase.PREPARE, t)));
      for (StoredTable table : source.schema().tables()) {
        steps.add(step(Phase.LOAD, "Load table " + table.name(), table.insertSql()));
      }
      source.schema().of("index").forEach(i -> steps.add(step(Phase.INDEX, i)));
      Stream.of("view", "trigger")
          .flatMap(type -> source.schema().of(type).stream())
          .forEach(d -> steps.add(step(Phase.FINISH, d)));
      source.schema().of("table").stream()
          .filter(Definition::isVirtual)
          .forEach(d -> steps.add(step(Phase.FINISH, d)));
      for (StoredTable table : source.schema().tables()) {
        steps.add(step(Phase.VERIFY, "Read table " + table.name() + " back", table.selectSql()));
      }
      steps.add(step(Phase.VERIFY, "Check the foreign keys", "PRAGMA foreign_key_check"));
      steps.add(step(Phase.VERIFY, "Check the file", "PRAGMA integrity_check"));
      steps.add(step(Phase.SWAP, "Commit", "COMMIT"));
      SchemaMapping mapping =
          new SchemaMapping(
              List.of(),
              List.of(),
              List.of(),
              source.cut(),
              List.of(),
              List.of(),
              source.leftOut());
      return new ImportPlan(names, mapping, steps, List.of()).of(source.at().schemaPrints());
    }
  }

  private static Step step(Phase phase, Definition definition) {
    return step(phase, "Make " + definition.describe(), definition.sql());
  }

  private static Step step(Phase phase, String title, String sql) {
    return new Step.Execute(phase, title, List.of(sql));
  }
}
