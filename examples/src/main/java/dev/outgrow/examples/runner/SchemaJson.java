package dev.outgrow.examples.runner;

import dev.outgrow.schema.Schema;
import dev.outgrow.schema.comparison.Side;
import java.util.Locale;

/** Writes a schema as JSON. */
final class SchemaJson {
  private SchemaJson() {}

  /** What the object has. */
  record Described(String backend, Schema schema) {}

  static String of(Side side) {
    return RecordJson.of(
        new Described(side.dialect().name().toLowerCase(Locale.ROOT), side.schema()));
  }
}
