package dev.outgrow.schema;

import org.jspecify.annotations.Nullable;

/**
 * The name of a table, view, index or sequence, with its schema where it has one, exactly as the
 * backend holds it: unquoted, case kept.
 *
 * <p><em>Immutable.</em>
 *
 * @param schema the schema's name, or null for the one the connection is in
 * @param name the object's name
 * @since 0.1
 */
public record Identifier(@Nullable String schema, String name) {

  /** Returns a name without a schema. */
  public static Identifier of(String name) {
    return new Identifier(null, name);
  }

  /** Returns a name in a schema. */
  public static Identifier of(String schema, String name) {
    return new Identifier(schema, name);
  }

  /**
   * Returns a name with the letters A to Z in lower case and every other character as it is: two
   * names mean the same thing to SQLite exactly when they are equal after this.
   */
  public static String folded(String name) {
    StringBuilder folded = new StringBuilder(name);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return folded.toString();
  }

  /** Returns the name as a person reads it: {@code schema.name}, unquoted. Not for SQL. */
  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
