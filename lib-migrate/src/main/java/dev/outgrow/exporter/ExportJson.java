package dev.outgrow.exporter;

import static dev.outgrow.json.JsonText.array;
import static dev.outgrow.json.JsonText.texts;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.Renamed;
import dev.outgrow.importer.report.TableReport;
import dev.outgrow.importer.verify.Difference;
import dev.outgrow.json.JsonText;
import java.io.IOException;
import java.util.List;

/**
 * Writes the report of an export as JSON, with the fields of an import's report where they mean the
 * same. Scripts rely on their names. <em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ExportJson {
  private ExportJson() {}

  /** Returns the report as one JSON object. */
  public static String of(ExportReport report) {
    return JsonText.of(
        json -> {
          json.writeStringField("source", report.source());
          json.writeStringField("target", report.file());
          json.writeStringField("before", report.before());
          array(json, "tables", report.tables(), ExportJson::table);
          findings(
              json, report.notCarried(), report.renamed(), report.changedTypes(), report.leftOut());
          array(json, "differences", report.differences(), ExportJson::difference);
          totals(json, report);
          json.writeBooleanField("verified", report.verified());
        });
  }

  /** Returns a plan as one JSON object. */
  public static String of(ExportPlan plan) {
    return JsonText.of(
        json -> {
          json.writeStringField("source", plan.source());
          json.writeStringField("target", plan.file());
          array(json, "tables", plan.tables(), ExportJson::planned);
          texts(json, "sql", plan.statements());
          findings(json, plan.notCarried(), plan.renamed(), plan.changedTypes(), plan.leftOut());
          json.writeNumberField("bytesNeeded", plan.bytesNeeded());
          json.writeNumberField("bytesFree", plan.bytesFree());
        });
  }

  private static void planned(JsonGenerator json, ExportPlan.Table table) throws IOException {
    fields(json, "name", table.name(), "from", table.from());
    json.writeNumberField("rows", table.rows());
    array(
        json,
        "columns",
        table.columns(),
        (out, c) ->
            fields(
                out, "name", c.name(), "from", c.from(), "type", c.sent(), "becomes", c.becomes()));
  }

  private static void findings(
      JsonGenerator json,
      List<NotCarried> losses,
      List<Renamed> names,
      List<ChangedType> types,
      List<LeftOut> asked)
      throws IOException {
    array(
        json,
        "notCarried",
        losses,
        (out, n) -> fields(out, "kind", n.kind().word(), "name", n.name(), "reason", n.reason()));
    array(
        json,
        "renamed",
        names,
        (out, r) -> fields(out, "kind", r.kind(), "from", r.from(), "to", r.to()));
    array(
        json,
        "changedTypes",
        types,
        (out, c) ->
            fields(
                out,
                "table",
                c.table(),
                "column",
                c.column(),
                "declared",
                c.declared(),
                "target",
                c.target(),
                "why",
                c.why()));
    array(
        json,
        "leftOut",
        asked,
        (out, l) -> fields(out, "kind", l.kind(), "name", l.name(), "why", l.why()));
  }

  private static void table(JsonGenerator json, TableReport table) throws IOException {
    json.writeStringField("name", table.name());
    json.writeNumberField("rowsRead", table.rowsRead());
    json.writeNumberField("rowsVerified", table.rowsVerified());
    json.writeNumberField("bytes", table.bytes());
    json.writeNumberField("millis", table.millis());
    json.writeStringField("checksum", table.checksum());
    json.writeBooleanField("verified", table.verified());
  }

  private static void difference(JsonGenerator json, Difference difference) throws IOException {
    fields(
        json, "table", difference.table(), "key", difference.key(), "what", difference.describe());
  }

  private static void totals(JsonGenerator json, ExportReport report) throws IOException {
    json.writeObjectFieldStart("totals");
    json.writeNumberField("rowsRead", report.rows());
    json.writeNumberField(
        "rowsVerified", report.tables().stream().mapToLong(TableReport::rowsVerified).sum());
    json.writeNumberField("millis", report.millis());
    json.writeEndObject();
  }

  private static void fields(JsonGenerator json, String... namesAndValues) throws IOException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.writeStringField(namesAndValues[i], namesAndValues[i + 1]);
    }
  }
}
