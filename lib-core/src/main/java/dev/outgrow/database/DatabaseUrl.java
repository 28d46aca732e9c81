package dev.outgrow.database;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how to log in: one text that chooses the backend.
 *
 * <p>These forms are read:
 *
 * <ul>
 *   <li>{@code jdbc:postgresql://host:port/database?parameter=value}, {@code
 *       jdbc:postgresql:database} and the driver's other forms
 *   <li>{@code postgres://user:password@host:port/database?parameter=value}, the same with {@code
 *       postgresql://} and with {@code postgresql+anydriver://}
 *   <li>{@code jdbc:sqlite:path}, the path as it stands
 *   <li>{@code sqlite:///relative/path}, {@code sqlite:////absolute/path}, {@code
 *       sqlite:///C:/path}, the same with {@code sqlite+anydriver://}
 * </ul>
 *
 * <p>Everywhere but in {@code jdbc:sqlite:}, percent escapes of UTF-8 are decoded, in the user, the
 * password, the host, the database and each parameter. A plus is a plus (the driver alone would
 * read it as a space). In a password, {@code / ? %} must be escaped; {@code : @ # +} may be.
 * Several hosts are separated by commas; of these the one that can be written to is taken, unless
 * {@code target_session_attrs} says otherwise. A host that begins with a slash is the folder of a
 * Unix socket: {@code postgresql://%2Fvar%2Frun%2Fpostgresql/database} or {@code
 * postgresql:///database?host=/var/run/postgresql}.
 *
 * <p>Parameters have the driver's names or libpq's, which are translated ({@code connect_timeout},
 * {@code application_name}, {@code target_session_attrs} and so on); an unknown one is refused. The
 * host is {@code localhost} and the port 5432 where none is given, the database the user's name.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class DatabaseUrl {
  private final Backend backend;
  private final @Nullable Path file;
  private final List<Host> hosts;
  private final String database;
  private final @Nullable String user;
  private final @Nullable String password;
  private final Map<String, String> parameters;

  DatabaseUrl(
      List<Host> hosts,
      String database,
      @Nullable String user,
      @Nullable String password,
      Map<String, String> parameters) {
    this.backend = Backend.POSTGRESQL;
    this.file = null;
    this.hosts = List.copyOf(hosts);
    this.database = database;
    this.user = user;
    this.password = password;
    this.parameters = parameters;
  }

  DatabaseUrl(Path file) {
    this.backend = Backend.SQLITE;
    this.file = file;
    this.hosts = List.of();
    this.database = file.toString();
    this.user = null;
    this.password = null;
    this.parameters = Map.of();
  }

  /**
   * A host and its port.
   *
   * <p><em>Immutable.</em>
   *
   * @param name a name, an address without brackets, or the folder of a Unix socket
   * @param port 1 to 65535
   * @since 0.1
   */
  public record Host(String name, int port) {
    /** Returns whether the name is the folder of a Unix socket. */
    public boolean isSocketFolder() {
      return name.startsWith("/");
    }

    /** Returns {@code name:port}, as it stands in a URL. */
    @Override
    public String toString() {
      return (isSocketFolder() ? Percent.encode(name) : bracketed().replace("%", "%25"))
          + ":"
          + port;
    }

    /** The name as the driver wants it, which decodes no host. */
    String bracketed() {
      return name.contains(":") ? "[" + name + "]" : name;
    }
  }

  /**
   * Reads a URL.
   *
   * @throws dev.outgrow.error.ConfigurationException if it cannot be read: an unknown scheme or
   *     parameter, a wrong escape, a port out of range. The message names the part and never shows
   *     a password
   */
  public static DatabaseUrl parse(String url) {
    return UrlForms.read(url);
  }

  /**
   * Returns the URL of a SQLite file.
   *
   * @param file its path; a relative one is resolved when it is opened
   */
  public static DatabaseUrl sqlite(Path file) {
    return new DatabaseUrl(file);
  }

  /** Returns the backend. */
  public Backend backend() {
    return backend;
  }

  /** Returns the SQLite file; empty for PostgreSQL. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Returns the hosts in the order they are tried; empty for SQLite. */
  public List<Host> hosts() {
    return hosts;
  }

  /** Returns the database's name; for SQLite, the file's path. */
  public String database() {
    return database;
  }

  /** Returns the user; empty where the URL names none, and for SQLite. */
  public Optional<String> user() {
    return Optional.ofNullable(user);
  }

  /**
   * Returns the URL of another database of the same server.
   *
   * @throws dev.outgrow.error.ConfigurationException if the name is empty or holds a NUL
   * @throws IllegalStateException on a SQLite file, which is one database
   */
  public DatabaseUrl withDatabase(String name) {
    requireServer();
    requireText(name, "database");
    return new DatabaseUrl(hosts, name, user, password, parameters);
  }

  /**
   * Returns the URL of the same database for another user.
   *
   * @throws dev.outgrow.error.ConfigurationException if one of them is empty or holds a NUL
   * @throws IllegalStateException on a SQLite file, which knows no users
   */
  public DatabaseUrl withUser(String name, String newPassword) {
    requireServer();
    requireText(name, "user");
    requireText(newPassword, "password");
    return new DatabaseUrl(hosts, database, name, newPassword, parameters);
  }

  @Nullable String password() {
    return password;
  }

  /** The parameters by the driver's names. */
  Map<String, String> parameters() {
    return parameters;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatabaseUrl that
        && backend == that.backend
        && hosts.equals(that.hosts)
        && database.equals(that.database)
        && Objects.equals(user, that.user)
        && Objects.equals(password, that.password)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return Objects.hash(backend, hosts, database, user, parameters);
  }

  /**
   * Returns the URL for people and logs: a password, and every parameter that could hold a secret,
   * reads {@code ***}.
   */
  @Override
  public String toString() {
    if (backend == Backend.SQLITE) {
      return "sqlite:///" + Percent.encodePath(database);
    }
    String login = user == null ? "" : Percent.encode(user);
    login += password == null ? "" : ":" + UrlRefusal.HIDDEN;
    return "postgresql://"
        + (login.isEmpty() ? "" : login + "@")
        + hosts.stream().map(Host::toString).collect(Collectors.joining(","))
        + "/"
        + Percent.encode(database)
        + UrlParameters.shown(parameters);
  }

  /**
   * Returns the URL whole, with its password and every parameter: {@link #parse} makes an equal one
   * of it. For a file that its owner alone can read, or a program that is to connect; never for
   * people or a log, which is what {@link #toString} is for.
   */
  public String withSecrets() {
    if (backend == Backend.SQLITE) {
      return toString();
    }
    String login = user == null ? "" : Percent.encode(user);
    login += password == null ? "" : ":" + Percent.encode(password);
    return "postgresql://"
        + (login.isEmpty() ? "" : login + "@")
        + hosts.stream().map(Host::toString).collect(Collectors.joining(","))
        + "/"
        + Percent.encode(database)
        + UrlParameters.whole(parameters);
  }

  private static void requireText(String text, String part) {
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw UrlRefusal.hidden(part, "a text that is not empty, without the character NUL");
    }
  }

  private void requireServer() {
    if (backend == Backend.SQLITE) {
      throw new IllegalStateException("A SQLite file has no other database and no users");
    }
  }
}
