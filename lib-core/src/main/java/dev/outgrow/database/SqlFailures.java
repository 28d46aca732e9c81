package dev.outgrow.database;

import dev.outgrow.error.AccessException;
import dev.outgrow.error.ConstraintException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.StatementException;
import dev.outgrow.error.UnavailableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.sqlite.SQLiteException;

/**
 * Turns what a driver throws into this library's failures, the same kinds on both backends: {@link
 * UnavailableException} where waiting may help, {@link AccessException} where the server refused
 * the user, {@link StatementException} and its subclasses for the rest.
 *
 * <p>The message holds the database's own first line without its detail, which would quote rows.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class SqlFailures {
  // Being shut down, crashed, starting up, session killed for idling, too many connections.
  private static final Set<String> UNAVAILABLE =
      Set.of("57P01", "57P02", "57P03", "57P05", "53300");
  private static final String TOO_MANY_CONNECTIONS = "53300";

  // The last is the driver's own: the server asked for a password, or for encryption, in vain.
  private static final Set<String> ACCESS = Set.of("3D000", "42501", "08004");
  private static final String NO_SUCH_DATABASE = "3D000";
  private static final String NO_RIGHT = "42501";

  private SqlFailures() {}

  /**
   * Translates a driver's failure, which stays the cause of the result.
   *
   * @param failure what the driver threw
   * @param doing what was being done and where, to be read before "failed": {@code "Reading the
   *     tables of schema public"}; without a credential or a value of a row
   */
  public static OutgrowException translate(SQLException failure, String doing) {
    SQLException first = first(failure);
    String what = doing + " failed: " + words(first) + ".";
    if (first instanceof SQLiteException sqlite) {
      return SqliteFailures.translate(sqlite, what, failure);
    }
    String state = first.getSQLState();
    if (state != null && (ACCESS.contains(state) || state.startsWith("28"))) {
      return new AccessException(what, accessRemedy(state), state, failure);
    }
    if (state != null && (UNAVAILABLE.contains(state) || state.startsWith("08"))) {
      return new UnavailableException(what, unavailableRemedy(state), failure);
    }
    return PostgresFailures.translate(first, what, failure);
  }

  /**
   * Translates as {@link #translate(SQLException, String)} does, and asks the connection what the
   * failure does not say of a broken constraint: its columns on PostgreSQL, its name and table on
   * SQLite. On PostgreSQL that needs the failed transaction to be rolled back before, on SQLite to
   * be still there where it was the commit that failed.
   *
   * @param failure what the driver threw
   * @param doing what was being done and where, as above
   * @param connection the connection it was thrown on; where it does not answer, nothing is added
   */
  public static OutgrowException translate(
      SQLException failure, String doing, Connection connection) {
    OutgrowException bare = translate(failure, doing);
    if (!(bare instanceof ConstraintException broken)) {
      return bare;
    }
    try {
      return new ConstraintException(
          BrokenRules.complete(broken, first(failure), connection),
          broken.what(),
          broken.remedy(),
          broken.sqlState(),
          failure);
    } catch (SQLException noAnswer) {
      broken.addSuppressed(noAnswer);
      return broken;
    }
  }

  /** A batch's failure only repeats the statement with its values; the one behind it says why. */
  static SQLException first(SQLException failure) {
    SQLException next = failure.getNextException();
    return failure instanceof BatchUpdateException && next != null ? next : failure;
  }

  /** The driver speaks the JVM's language; where the reason is the network, these words do not. */
  static String words(SQLException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      String network = networkWords(cause);
      if (network != null) {
        return network;
      }
    }
    return sentence(failure) + (failure.getSQLState() == null ? "" : state(failure));
  }

  private static @Nullable String networkWords(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "no such host is known";
    }
    if (cause instanceof SocketTimeoutException) {
      return "the host did not answer in time";
    }
    if (cause instanceof ConnectException) {
      return "nobody accepts connections there";
    }
    return cause instanceof NoRouteToHostException ? "the host cannot be reached" : null;
  }

  private static String sentence(SQLException failure) {
    String message = failure.getMessage();
    if (failure instanceof PSQLException psql
        && psql.getServerErrorMessage() != null
        && psql.getServerErrorMessage().getMessage() != null) {
      message = psql.getServerErrorMessage().getMessage();
    }
    String line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    String bare = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return bare.isEmpty() ? "the database gave no reason" : bare;
  }

  private static String state(SQLException failure) {
    return " (SQLSTATE " + failure.getSQLState() + ")";
  }

  private static String accessRemedy(String state) {
    return switch (state) {
      case NO_SUCH_DATABASE -> "Check the database's name in the URL, or create the database.";
      case NO_RIGHT -> "Grant the right to the user, or connect as one who has it.";
      default -> "Check the user and the password in the URL, and the server's pg_hba.conf.";
    };
  }

  private static String unavailableRemedy(String state) {
    return state.equals(TOO_MANY_CONNECTIONS)
        ? "Lower the pools' sizes, or raise the server's max_connections."
        : "Check the host and the port in the URL, and that the server is running.";
  }
}
