package dev.outgrow.benchmarks.importing;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes each run. */
final class ResultsJson {
  private ResultsJson() {}

  static void write(Path file, Settings settings, String server, List<Result> results)
      throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(file.toFile(), JsonEncoding.UTF8)
            .useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeNumberField("scale", settings.scale);
      json.writeNumberField("seed", settings.seed);
      json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
      json.writeStringField("server", server);
      json.writeArrayFieldStart("results");
      for (Result result : results) {
        write(json, result);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, Result result) throws IOException {
    json.writeStartObject();
    json.writeStringField("dataset", result.dataset().name());
    json.writeStringField("way", result.way().option());
    json.writeNumberField("rows", result.rows());
    json.writeStringField("verdict", result.verdict());
    number(json, "medianSeconds", result.seconds());
    json.writeArrayFieldStart("runs");
    for (Run run : result.runs()) {
      write(json, run);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Run run) throws IOException {
    json.writeStartObject();
    number(json, "seconds", run.seconds());
    number(json, "loadSeconds", run.loadSeconds());
    number(json, "unverifiedSeconds", run.unverifiedSeconds());
    number(json, "clientCpuSeconds", run.client().cpuSeconds());
    number(json, "serverCpuSeconds", run.serverCpuSeconds());
    number(json, "largestProcessMib", run.client().memoryMib());
    number(json, "heapMib", run.heapMib());
    number(json, "walMib", run.walMib());
    json.writeStringField("verdict", run.verdict());
    json.writeObjectFieldStart("phaseMillis");
    for (Map.Entry<String, Long> phase : run.phases().entrySet()) {
      if (!phase.getKey().equals("heap")) {
        json.writeNumberField(phase.getKey(), phase.getValue());
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** What a way does not have is null: JSON knows no NaN. */
  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, Math.round(value * 1000) / 1000.0);
    }
  }
}
