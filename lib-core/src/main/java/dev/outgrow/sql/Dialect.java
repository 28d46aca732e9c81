package dev.outgrow.sql;

import dev.outgrow.schema.Identifier;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * How a backend writes names and literals. Everything that comes from a file, a URL or a request
 * and must stand in SQL text goes through here.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public enum Dialect {
  /** PostgreSQL, with {@code standard_conforming_strings} on, its default since 9.1. */
  POSTGRESQL,
  /** SQLite. */
  SQLITE;

  /**
   * Returns a name in double quotes, its own double quotes doubled.
   *
   * @throws IllegalArgumentException if the name holds a NUL, which neither backend can take in SQL
   *     text
   */
  public String quote(String name) {
    return '"' + withoutNul(name).replace("\"", "\"\"") + '"';
  }

  /** Returns a quoted name, after its quoted schema where it has one. */
  public String quote(Identifier identifier) {
    String schema = identifier.schema();
    return schema == null
        ? quote(identifier.name())
        : quote(schema) + "." + quote(identifier.name());
  }

  /** Returns quoted names, separated by a comma and a space, in the collection's order. */
  public String quoteAll(Collection<String> names) {
    return names.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  /**
   * Returns a text literal in single quotes, its own single quotes doubled.
   *
   * @throws IllegalArgumentException if the text holds a NUL
   */
  public String literal(String text) {
    return "'" + withoutNul(text).replace("'", "''") + "'";
  }

  /** Returns a literal of these bytes: {@code '\x0aff'::bytea} or {@code x'0aff'}. */
  public String literal(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    return this == POSTGRESQL ? "'\\x" + hex + "'::bytea" : "x'" + hex + "'";
  }

  private static String withoutNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A name or a literal cannot hold the character NUL");
    }
    return text;
  }
}
