package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.Imports;
import dev.outgrow.importer.PastImport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One import of a database, and the word that it is meant. */
final class ImportChoice {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The import; outgrow imports prints them.")
  private String id = "";

  @Option(
      names = "--confirm",
      paramLabel = "SCHEMA",
      required = true,
      description = "The name of the schema that the import went into.")
  private String confirmed = "";

  @Option(
      names = "--to",
      paramLabel = "URL",
      description =
          "The database: postgresql://user@host:5432/database. Without it: the environment variable DATABASE_URL,"
              + " which keeps the password out of the list of processes.")
  private @Nullable String url;

  Database open(Console console) {
    DatabaseUrl named =
        console
            .database(url)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "No database: give --to URL or set DATABASE_URL"));
    return TargetOption.open(named);
  }

  /** Returns the id of the import, if it went into the schema that was named. */
  String confirmed(Database open) {
    for (PastImport each : Imports.of(open).list()) {
      if (each.id().equals(id) && !each.schema().equals(confirmed)) {
        throw new ParameterException(
            spec.commandLine(),
            "Import " + id + " went into another schema than " + confirmed + "; nothing was done");
      }
    }
    return id;
  }
}
