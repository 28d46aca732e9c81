package dev.outgrow.importer.report;

import static dev.outgrow.json.JsonText.array;
import static dev.outgrow.json.JsonText.texts;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.importer.existing.Finding;
import dev.outgrow.importer.existing.Merged;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Proposal;
import dev.outgrow.importer.mapping.Renamed;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.plan.Tactic;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.json.JsonText;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes reports as JSON. Scripts rely on the names of the fields. <em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ReportJson {
  private ReportJson() {}

  /** Returns the report of an import as one JSON object. */
  public static String of(ImportReport report) {
    return JsonText.of(
        json -> {
          json.writeStringField("source", report.source());
          json.writeStringField("target", report.target());
          json.writeStringField("before", report.before());
          json.writeBooleanField("dryRun", report.dryRun());
          array(json, "tables", report.tables(), (out, t) -> table(out, report, t));
          array(json, "phases", report.phases(), ReportJson::phase);
          array(json, "notCarried", report.notCarried(), ReportJson::notCarried);
          array(json, "renamed", report.renamed(), ReportJson::renamed);
          array(json, "changedTypes", report.changedTypes(), ReportJson::changedType);
          array(json, "rejects", report.rejects(), ReportJson::reject);
          json.writeObjectFieldStart("rejectPlace");
          json.writeStringField("schema", report.rejectPlace().schema());
          json.writeStringField("folder", report.rejectPlace().folder());
          json.writeEndObject();
          array(json, "differences", report.differences(), ReportJson::difference);
          array(json, "leftOut", report.leftOut(), ReportJson::leftOut);
          array(json, "notCompared", report.notCompared(), ReportJson::notCompared);
          totals(json, report);
          json.writeBooleanField("verified", report.verified());
        });
  }

  /** Returns the report of a verification on its own as one JSON object. */
  public static String of(VerifyReport report) {
    return JsonText.of(
        json -> {
          json.writeStringField("source", report.source());
          json.writeStringField("target", report.target());
          array(json, "tables", report.tables(), ReportJson::verdict);
          array(json, "differences", report.differences(), ReportJson::difference);
          array(json, "rejects", report.rejects(), ReportJson::reject);
          json.writeNumberField("rowsRejected", report.rowsRejected());
          since(json, report.since());
          json.writeNumberField("millis", report.millis());
          json.writeBooleanField("verified", report.verified());
        });
  }

  /** Returns what a file holds and would become as one JSON object. */
  public static String of(Inspection inspection) {
    return JsonText.of(
        json -> {
          json.writeStringField("source", inspection.source());
          json.writeArrayFieldStart("tables");
          for (int i = 0; i < inspection.tables().size(); i++) {
            inspected(json, inspection, inspection.tables().get(i));
          }
          json.writeEndArray();
          array(json, "notCarried", inspection.mapping().notCarried(), ReportJson::notCarried);
          array(json, "renamed", inspection.mapping().renamed(), ReportJson::renamed);
          array(json, "changedTypes", inspection.mapping().changedTypes(), ReportJson::changedType);
          array(json, "leftOut", inspection.mapping().leftOut(), ReportJson::leftOut);
          array(json, "proposedRules", inspection.proposals(), ReportJson::proposal);

          array(json, "findings", inspection.findings(), ReportJson::finding);
        });
  }

  /** Returns every step of a plan with its SQL as one JSON object. */
  public static String of(ImportPlan plan) {
    return JsonText.of(
        json -> {
          array(json, "findings", plan.findings(), ReportJson::finding);
          array(json, "notCarried", plan.mapping().notCarried(), ReportJson::notCarried);
          array(json, "renamed", plan.mapping().renamed(), ReportJson::renamed);
          array(json, "changedTypes", plan.mapping().changedTypes(), ReportJson::changedType);
          array(json, "leftOut", plan.mapping().leftOut(), ReportJson::leftOut);
          array(json, "tactics", plan.tactics().told(), ReportJson::tactic);
          array(json, "steps", plan.steps(), ReportJson::step);
        });
  }

  private static void tactic(JsonGenerator json, Tactic tactic) throws IOException {
    json.writeStringField("name", tactic.name());
    json.writeStringField("choice", tactic.choice());
    json.writeStringField("why", tactic.why());
    texts(json, "sql", tactic.sql());
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    json.writeStringField("what", finding.what().words());
    json.writeStringField("name", finding.name());
    json.writeStringField("detail", finding.detail());
    json.writeBooleanField("refuses", finding.refuses());
  }

  private static void step(JsonGenerator json, Step step) throws IOException {
    json.writeStringField("phase", step.phase().word());
    json.writeStringField("title", step.title());
    texts(json, "sql", step.sql());
  }

  private static void inspected(JsonGenerator json, Inspection inspection, SourceTable table)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", table.name());
    json.writeNumberField("rows", table.rows());
    json.writeNumberField("rowsTooLarge", table.oversized());
    json.writeArrayFieldStart("columns");
    for (int i = 0; i < table.table().columns().size(); i++) {
      json.writeStartObject();
      json.writeStringField("name", table.table().columns().get(i).name());
      json.writeStringField("declared", table.table().columns().get(i).type());
      json.writeStringField("becomes", inspection.becomes(table, i).orElse(null));
      json.writeObjectFieldStart("holds");
      for (Map.Entry<StorageClass, Long> held : table.profiles().get(i).counts().entrySet()) {
        json.writeNumberField(held.getKey().word(), held.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void phase(JsonGenerator json, PhaseTime phase) throws IOException {
    json.writeStringField("phase", phase.phase().word());
    json.writeNumberField("begin", phase.begin());
    json.writeNumberField("millis", phase.millis());
    array(json, "tables", phase.tables(), ReportJson::tableTime);
  }

  private static void tableTime(JsonGenerator json, TableTime time) throws IOException {
    json.writeStringField("name", time.name());
    json.writeNumberField("begin", time.begin());
    json.writeNumberField("millis", time.millis());
  }

  private static void table(JsonGenerator json, ImportReport report, TableReport table)
      throws IOException {
    json.writeStringField("name", table.name());
    json.writeNumberField("rowsRead", table.rowsRead());
    json.writeNumberField("rowsVerified", table.rowsVerified());
    json.writeNumberField("rowsRejected", table.rowsRejected());
    merged(json, table.merged());
    json.writeNumberField("bytes", table.bytes());
    json.writeNumberField("millis", table.millis());
    json.writeNumberField("loadMillis", report.millis(Phase.LOAD, table.name()));
    json.writeNumberField("verifyMillis", report.millis(Phase.VERIFY, table.name()));
    json.writeStringField("checksum", table.checksum());
    json.writeBooleanField("verified", table.verified());
  }

  private static void merged(JsonGenerator json, @Nullable Merged merged) throws IOException {
    if (merged != null) {
      json.writeNumberField("rowsInserted", merged.inserted());
      json.writeNumberField("rowsUpdated", merged.updated());
      json.writeNumberField("rowsEqual", merged.equal());
      json.writeNumberField("rowsKept", merged.kept());
    }
  }

  private static void notCarried(JsonGenerator json, NotCarried thing) throws IOException {
    json.writeStringField("kind", thing.kind().word());
    json.writeStringField("name", thing.name());
    json.writeStringField("reason", thing.reason());
  }

  private static void leftOut(JsonGenerator json, LeftOut thing) throws IOException {
    json.writeStringField("kind", thing.kind());
    json.writeStringField("name", thing.name());
    json.writeStringField("why", thing.why());
  }

  private static void notCompared(JsonGenerator json, NotCompared thing) throws IOException {
    json.writeStringField("kind", thing.kind());
    json.writeStringField("name", thing.name());
    json.writeStringField("why", thing.why());
  }

  private static void proposal(JsonGenerator json, Proposal proposal) throws IOException {
    json.writeStringField("table", proposal.table());
    json.writeStringField("column", proposal.column());
    json.writeStringField("read", proposal.read());
    json.writeStringField("earliest", proposal.earliest());
    json.writeStringField("latest", proposal.latest());
    json.writeStringField("rule", proposal.text());
  }

  private static void renamed(JsonGenerator json, Renamed renamed) throws IOException {
    json.writeStringField("kind", renamed.kind());
    json.writeStringField("from", renamed.from());
    json.writeStringField("to", renamed.to());
  }

  private static void changedType(JsonGenerator json, ChangedType change) throws IOException {
    json.writeStringField("table", change.table());
    json.writeStringField("column", change.column());
    json.writeStringField("declared", change.declared());
    json.writeStringField("target", change.target());
    json.writeStringField("why", change.why());
  }

  private static void reject(JsonGenerator json, Reject reject) throws IOException {
    json.writeStringField("table", reject.table());
    json.writeStringField("key", reject.key());
    json.writeStringField("column", reject.column());
    json.writeStringField("reason", reject.reason());
  }

  private static void difference(JsonGenerator json, Difference difference) throws IOException {
    json.writeStringField("table", difference.table());
    json.writeStringField("key", difference.key());
    json.writeStringField("what", difference.what().name());
    texts(json, "columns", difference.columns());
    array(json, "values", difference.values(), ReportJson::values);
  }

  private static void since(JsonGenerator json, @Nullable Since since) throws IOException {
    if (since == null) {
      json.writeNullField("since");
      return;
    }
    json.writeObjectFieldStart("since");
    json.writeStringField("import", since.id());
    json.writeStringField("file", since.file());
    json.writeStringField("at", since.at().toString());
    texts(json, "sourceMovedOn", since.source());
    texts(json, "targetMovedOn", since.target());
    json.writeEndObject();
  }

  private static void values(JsonGenerator json, Difference.Values values) throws IOException {
    json.writeStringField("column", values.column());
    json.writeStringField("source", values.source());
    json.writeStringField("target", values.target());
  }

  private static void verdict(JsonGenerator json, TableVerdict verdict) throws IOException {
    json.writeStringField("name", verdict.table());
    json.writeNumberField("rowsSource", verdict.source().rows());
    json.writeNumberField("rowsTarget", verdict.target().rows());
    json.writeStringField("checksum", verdict.source().hex());
    json.writeBooleanField("verified", verdict.verified());
  }

  private static void totals(JsonGenerator json, ImportReport report) throws IOException {
    json.writeObjectFieldStart("totals");
    json.writeNumberField("rowsRead", report.rowsRead());
    json.writeNumberField("rowsVerified", report.rowsVerified());
    json.writeNumberField("rowsRejected", report.rowsRejected());
    merged(json, report.merged().orElse(null));
    json.writeNumberField("millis", report.millis());
    json.writeEndObject();
  }
}
