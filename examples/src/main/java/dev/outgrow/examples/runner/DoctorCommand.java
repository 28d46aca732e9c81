package dev.outgrow.examples.runner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.doctor.Diagnosis;
import dev.outgrow.database.doctor.Diagnosis.Finding;
import dev.outgrow.database.doctor.Doctor;
import dev.outgrow.importer.SqliteImport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a database is fit for an application. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks whether a database answers, is supported and has what an application needs. Changes"
          + " no row; a SQLite file is opened as an application opens it, in WAL mode."
    },
    exitCodeList = {"0:everything passes", "1:something does not; what to do stands behind it"},
    footer = {"  outgrow doctor --to postgresql://media@db/media --require-row users"})
final class DoctorCommand implements Callable<Integer> {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DatabaseOption place = new DatabaseOption();

  @Option(
      names = "--require-table",
      paramLabel = "T",
      description = "A table or view that has to be there. May be given several times.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--require-row",
      paramLabel = "T",
      description = "A table that has to hold at least one row. May be given several times.")
  private List<String> rows = new ArrayList<>();

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return place.look(console, spec.commandLine(), this::examine);
  }

  private ExitCode examine(DatabaseUrl url) {
    Doctor doctor = place.schema().map(Doctor.of(url)::schema).orElseGet(() -> Doctor.of(url));
    for (String table : tables) {
      doctor = doctor.requireTable(table);
    }
    for (String table : rows) {
      doctor = doctor.requireRow(table);
    }
    Diagnosis diagnosis = withLeftOvers(doctor.examine(), url);
    console.out().print(json ? json(diagnosis) : diagnosis.text());
    return diagnosis.passed() ? ExitCode.VERIFIED : ExitCode.FAILED;
  }

  /** What imports have left behind is no fault of the database, but nobody else tells of it. */
  private static Diagnosis withLeftOvers(Diagnosis diagnosis, DatabaseUrl url) {
    if (url.backend() != Backend.POSTGRESQL || !diagnosis.passed()) {
      return diagnosis;
    }
    List<Finding> findings = new ArrayList<>(diagnosis.findings());
    try (Database database = TargetOption.open(url)) {
      for (String each : SqliteImport.leftOvers(database)) {
        findings.add(new Finding("left by an import", Diagnosis.Verdict.PASS, each, ""));
      }
    }
    return new Diagnosis(findings);
  }

  private static String json(Diagnosis diagnosis) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeBooleanField("passed", diagnosis.passed());
      json.writeArrayFieldStart("findings");
      for (Finding finding : diagnosis.findings()) {
        json.writeStartObject();
        json.writeStringField("check", finding.check());
        json.writeStringField("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
        json.writeStringField("detail", finding.detail());
        json.writeStringField("remedy", finding.remedy());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }
}
