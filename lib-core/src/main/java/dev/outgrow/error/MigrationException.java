package dev.outgrow.error;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A migration that failed: of which chain, in which script and line, and the statement that the
 * database refused.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class MigrationException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final Place place;
  private final @Nullable String sqlState;
  private final @Nullable String statement;

  /**
   * Where it failed.
   *
   * @param chain the chain's name
   * @param script the script's file name, or the class of a migration in Java; null if the failure
   *     is of no one script
   * @param line the line the statement begins on, from 1; 0 if there is none
   */
  public record Place(String chain, @Nullable String script, int line)
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    /** Returns it for a message: {@code V2__albums.sql, line 3, of chain core}. */
    @Override
    public String toString() {
      String of = "chain " + chain;
      return script == null ? of : script + (line > 0 ? ", line " + line + "," : "") + " of " + of;
    }
  }

  /**
   * Describes a failed migration.
   *
   * @param place where it failed
   * @param what what happened, in the database's own words: a sentence
   * @param remedy what to do: a sentence
   * @param sqlState the SQLSTATE, or null where the backend has none (SQLite)
   * @param statement the statement that failed, or null if none did
   * @param cause the failure underneath, or null
   */
  public MigrationException(
      Place place,
      String what,
      String remedy,
      @Nullable String sqlState,
      @Nullable String statement,
      @Nullable Throwable cause) {
    super(what, remedy, cause);
    this.place = place;
    this.sqlState = sqlState;
    this.statement = statement;
  }

  /** Returns the chain's name. */
  public String chain() {
    return place.chain();
  }

  /** Returns the script's file name or the Java migration's class; empty if it is of no one. */
  public Optional<String> script() {
    return Optional.ofNullable(place.script());
  }

  /** Returns the line the failed statement begins on, from 1; empty if no statement failed. */
  public OptionalInt line() {
    return place.line() > 0 ? OptionalInt.of(place.line()) : OptionalInt.empty();
  }

  /** Returns the SQLSTATE; empty where the backend has none, or no statement failed. */
  public Optional<String> sqlState() {
    return Optional.ofNullable(sqlState);
  }

  /** Returns the whole statement that failed; empty if none did. */
  public Optional<String> statement() {
    return Optional.ofNullable(statement);
  }
}
