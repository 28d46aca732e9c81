package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How PostgreSQL's own programs ({@code pg_dump}, {@code pg_restore}) log in where a {@link
 * DatabaseUrl} leads: an environment that says all but the password, and a file that holds that. So
 * it is on no command line and in no environment. {@link #close} deletes the file.
 *
 * <p>The environment is made from nothing, since that of this process may hold a URL with a
 * password; {@code PATH}, {@code HOME} and where the URL has no password {@code PGPASSFILE} are
 * taken over.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class ClientLogin implements AutoCloseable {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "sslmode", "PGSSLMODE",
          "sslrootcert", "PGSSLROOTCERT",
          "sslcert", "PGSSLCERT",
          "sslkey", "PGSSLKEY",
          "sslNegotiation", "PGSSLNEGOTIATION",
          "channelBinding", "PGCHANNELBINDING",
          "gssEncMode", "PGGSSENCMODE",
          "kerberosServerName", "PGKRBSRVNAME",
          "connectTimeout", "PGCONNECT_TIMEOUT",
          "options", "PGOPTIONS");
  private static final Map<String, String> SERVERS =
      Map.of("primary", "read-write", "master", "read-write", "secondary", "read-only");

  private final Map<String, String> environment;
  private final Path passwordFile;
  private final String password;

  private ClientLogin(Map<String, String> environment, Path passwordFile, String password) {
    this.environment = Map.copyOf(environment);
    this.passwordFile = passwordFile;
    this.password = password;
  }

  /**
   * Makes what a program needs.
   *
   * @param passwordFile a file that is there, empty, and this user's alone; the password is written
   *     into it, if the URL has one
   * @throws ConfigurationException if the URL is none of PostgreSQL, or its password cannot stand
   *     in such a file
   * @throws IOException if the file cannot be written
   */
  public static ClientLogin of(DatabaseUrl url, Path passwordFile) throws IOException {
    if (url.backend() != Backend.POSTGRESQL) {
      throw new ConfigurationException("database", url.toString(), "a PostgreSQL database");
    }
    String password = url.password() == null ? "" : url.password();
    Map<String, String> environment = inherited(password.isEmpty());
    place(environment, url);
    url.parameters()
        .forEach(
            (name, value) -> {
              String variable = VARIABLES.get(name);
              if (variable != null) {
                environment.put(variable, value);
              }
            });
    if ("true".equals(url.parameters().get("ssl"))) {
      environment.putIfAbsent("PGSSLMODE", "verify-full"); // as the driver understands it
    }
    if (!password.isEmpty()) {
      Files.writeString(passwordFile, line(password), StandardCharsets.UTF_8);
      environment.put("PGPASSFILE", passwordFile.toAbsolutePath().toString());
    }
    return new ClientLogin(environment, passwordFile, password);
  }

  private static Map<String, String> inherited(boolean passwordFile) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : new String[] {"PATH", "HOME", "TMPDIR", "PGPASSFILE"}) {
      String value = System.getenv(name);
      if (value != null && (passwordFile || !name.equals("PGPASSFILE"))) {
        environment.put(name, value);
      }
    }
    environment.put("LC_ALL", "C"); // their words are read, and shown
    environment.put("PGCLIENTENCODING", "UTF8");
    environment.put("PGAPPNAME", "outgrow");
    environment.put("PGCONNECT_TIMEOUT", "10");
    return environment;
  }

  private static void place(Map<String, String> environment, DatabaseUrl url) {
    environment.put(
        "PGHOST",
        url.hosts().stream().map(DatabaseUrl.Host::name).collect(Collectors.joining(",")));
    environment.put(
        "PGPORT",
        url.hosts().stream()
            .map(host -> Integer.toString(host.port()))
            .collect(Collectors.joining(",")));
    environment.put("PGDATABASE", url.database());
    url.user().ifPresent(user -> environment.put("PGUSER", user));
    String fallback = url.hosts().size() > 1 ? "primary" : "any";
    String wanted = url.parameters().getOrDefault("targetServerType", fallback);
    environment.put("PGTARGETSESSIONATTRS", SERVERS.getOrDefault(wanted, "any"));
  }

  private static String line(String password) {
    if (password.indexOf('\n') >= 0 || password.indexOf('\r') >= 0) {
      throw UrlRefusal.hidden("password", "a text of one line, for PostgreSQL's own programs");
    }
    return "*:*:*:*:" + password.replace("\\", "\\\\").replace(":", "\\:") + "\n";
  }

  /** Returns all variables of the environment of such a program. None holds the password. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Returns a program's words without the password, should it be in them. */
  public String redact(String words) {
    return password.isEmpty() ? words : words.replace(password, UrlRefusal.HIDDEN);
  }

  /** Deletes the password's file. A second call does nothing. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(passwordFile);
  }

  /** Returns nothing that is secret. */
  @Override
  public String toString() {
    return "login of PostgreSQL's programs at " + environment.get("PGHOST");
  }
}
