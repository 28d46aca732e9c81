package dev.outgrow.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.outgrow.json.JsonText;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a manifest as JSON, and reads it. */
final class ManifestJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int VERSION = 1;

  private ManifestJson() {}

  static String of(BackupManifest manifest) {
    return JsonText.of(
        json -> {
          json.writeNumberField("manifest", VERSION);
          json.writeStringField("format", manifest.format().name());
          json.writeStringField("database", manifest.database());
          json.writeStringField("at", manifest.at().toString());
          json.writeStringField("library", manifest.library());
          json.writeStringField("server", manifest.server());
          json.writeStringField("tool", manifest.tool());
          json.writeNumberField("size", manifest.size());
          json.writeStringField("sha256", manifest.sha256());
          JsonText.texts(json, "schemas", manifest.schemas());
          JsonText.array(json, "chains", manifest.chains(), ManifestJson::chain);
          JsonText.array(json, "tables", manifest.tables(), ManifestJson::table);
        });
  }

  private static void chain(JsonGenerator json, BackupChain chain) throws IOException {
    json.writeStringField("historyTable", chain.historyTable());
    json.writeStringField("version", chain.version());
  }

  private static void table(JsonGenerator json, BackupTable table) throws IOException {
    json.writeStringField("schema", table.schema());
    json.writeStringField("name", table.name());
    json.writeNumberField("rows", table.rows());
    json.writeStringField("checksum", table.checksum());
  }

  /**
   * Reads a manifest.
   *
   * @throws IOException if it is none, in words for people
   */
  static BackupManifest read(String text) throws IOException {
    try (JsonParser json = FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      return manifest(object(json));
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }

  private static BackupManifest manifest(Map<String, Object> fields) throws IOException {
    if (number(fields, "manifest") != VERSION) {
      throw new IOException("it is of version " + fields.get("manifest") + ", not " + VERSION);
    }
    List<BackupChain> chains = new ArrayList<>();
    for (Map<String, Object> chain : objects(fields, "chains")) {
      chains.add(new BackupChain(text(chain, "historyTable"), text(chain, "version")));
    }
    List<BackupTable> tables = new ArrayList<>();
    for (Map<String, Object> table : objects(fields, "tables")) {
      tables.add(
          new BackupTable(
              text(table, "schema"),
              text(table, "name"),
              number(table, "rows"),
              text(table, "checksum")));
    }
    return new BackupManifest(
        BackupFormat.valueOf(text(fields, "format")),
        text(fields, "database"),
        Instant.parse(text(fields, "at")),
        text(fields, "library"),
        text(fields, "server"),
        text(fields, "tool"),
        list(fields, "schemas").stream().map(String::valueOf).toList(),
        chains,
        tables,
        number(fields, "size"),
        text(fields, "sha256"));
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      fields.put(name, value(json));
    }
    return fields;
  }

  private static Object value(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return object(json);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> items = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(json));
      }
      return items;
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return json.getLongValue();
    }
    if (token == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    throw new IOException("it holds " + token + ", where a text, a number or a list is meant");
  }

  private static String text(Map<String, Object> fields, String name) throws IOException {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new IOException("it has no text \"" + name + "\"");
  }

  private static long number(Map<String, Object> fields, String name) throws IOException {
    if (fields.get(name) instanceof Long number) {
      return number;
    }
    throw new IOException("it has no number \"" + name + "\"");
  }

  private static List<?> list(Map<String, Object> fields, String name) throws IOException {
    if (fields.get(name) instanceof List<?> list) {
      return list;
    }
    throw new IOException("it has no list \"" + name + "\"");
  }

  private static List<Map<String, Object>> objects(Map<String, Object> fields, String name)
      throws IOException {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Object each : list(fields, name)) {
      if (!(each instanceof Map<?, ?> map)) {
        throw new IOException("its list \"" + name + "\" holds something else than objects");
      }
      Map<String, Object> object = new LinkedHashMap<>();
      map.forEach((key, value) -> object.put(String.valueOf(key), value));
      objects.add(object);
    }
    return objects;
  }
}
