package dev.outgrow.importer.report;

/**
 * Where rejected rows are kept with every raw value.
 *
 * <p><em>Immutable.</em>
 *
 * @param schema the PostgreSQL schema with the table {@code rejects}; empty if there are none
 * @param folder the folder with a file of JSON lines for each table; empty if there are none
 * @since 0.1
 */
public record RejectPlace(String schema, String folder) {
  /** No row was rejected. */
  public static final RejectPlace NONE = new RejectPlace("", "");

  /** Returns the place as a person reads it. */
  public String describe() {
    if (equals(NONE)) {
      return "no place, because this was a dry run";
    }
    return schema + ".rejects and " + folder;
  }
}
