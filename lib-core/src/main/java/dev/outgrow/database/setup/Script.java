package dev.outgrow.database.setup;

import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A script of SQL for PostgreSQL, written so that it can be run again: {@code CREATE EXTENSION IF
 * NOT EXISTS}, {@code CREATE SCHEMA IF NOT EXISTS}, a {@code DO} block that looks before it makes a
 * role.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name, for messages
 * @param sql its text
 * @since 0.1
 */
public record Script(String name, String sql) {
  /** What begins with these would end or divide the script's transaction. */
  private static final List<String> REFUSED =
      List.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release");

  /**
   * One statement of a script.
   *
   * @param script the script's name
   * @param line the line it begins on, from 1
   * @param sql its text without the semicolon
   */
  public record Statement(String script, int line, String sql) {}

  /**
   * Reads a script from a file, in UTF-8.
   *
   * @throws ConfigurationException if the file cannot be read
   */
  public static Script of(Path file) {
    try {
      return new Script(file.toString(), text(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw unreadable(file.toString());
    }
  }

  /**
   * Reads a script that lies beside a class, in UTF-8.
   *
   * @throws ConfigurationException if there is no such resource
   */
  public static Script ofResource(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw unreadable(resource);
      }
      return new Script(resource, text(in.readAllBytes()));
    } catch (IOException e) {
      throw unreadable(resource);
    }
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static ConfigurationException unreadable(String name) {
    return new ConfigurationException("script", name, "a text in UTF-8 that can be read");
  }

  /**
   * Returns its statements in order, cut as {@code psql} cuts them.
   *
   * @throws ConfigurationException if a quote, a comment or a bracket in it is never closed, or a
   *     statement would end the transaction that the script runs in
   */
  public List<Statement> statements() {
    List<Statement> statements = new Splitter(name, sql).statements();
    for (Statement statement : statements) {
      if (REFUSED.contains(Splitter.firstWord(statement.sql()))) {
        throw new ConfigurationException(
            "script " + name + ", line " + statement.line(),
            Splitter.firstWord(statement.sql()),
            "statements that leave the transaction alone, as the script is one");
      }
    }
    return statements;
  }
}
