package dev.outgrow.examples.application;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.database.Health;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/**
 * How the application is, for whoever watches it: 200 if all is well, 503 if not. Nothing in it is
 * a secret; anybody may ask.
 */
final class HealthReply {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final Readiness readiness;

  HealthReply(Readiness readiness) {
    this.readiness = readiness;
  }

  Reply answer(Visit visit) {
    if (!readiness.isReady()) {
      return Reply.json(503, "{\"status\":\"starting\",\"database\":{\"reachable\":false}}\n");
    }
    Health health = readiness.ready().database().health(LIMIT);
    return Reply.json(health.isWell() ? 200 : 503, json(health));
  }

  private static String json(Health health) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("status", health.isWell() ? "up" : "down");
      json.writeObjectFieldStart("database");
      json.writeStringField("backend", health.backend().title());
      json.writeBooleanField("reachable", health.reachable());
      if (health.latency().isPresent()) {
        json.writeNumberField("latencyMillis", health.latency().get().toMillis());
      }
      json.writeEndObject();
      json.writeObjectFieldStart("checks");
      for (Map.Entry<String, Health.Detail> each : health.details().entrySet()) {
        json.writeStringField(each.getKey(), each.getValue().well() ? "well" : "not well");
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return text.append('\n').toString();
  }
}
