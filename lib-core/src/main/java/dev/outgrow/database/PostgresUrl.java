package dev.outgrow.database;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code user:password@host:port,host:port/database?parameters}: one grammar for the driver's
 * URLs and for libpq's. Where an unescaped character leaves open what is the password, the URL is
 * refused: a guess could show a part of the password as a host's name.
 */
final class PostgresUrl {
  private static final String ESCAPED = "a text with / ? % @ written as %2F %3F %25 %40";

  private PostgresUrl() {}

  /** Reads what follows {@code jdbc:postgresql:}. */
  static DatabaseUrl readJdbc(String rest) {
    if (rest.startsWith("//")) {
      return read(rest.substring(2));
    }
    // The driver's short form: a database, or nothing, on this machine.
    return read(rest.startsWith("/") ? rest : "/" + rest);
  }

  /** Reads what follows {@code postgresql://}. */
  static DatabaseUrl read(String rest) {
    int at = upTo(rest, '/').lastIndexOf('@');
    String login = at < 0 ? "" : rest.substring(0, at);
    if (login.indexOf('?') >= 0) {
      throw UrlRefusal.hidden("user or password", ESCAPED);
    }
    String place = upTo(rest.substring(at + 1), '?');
    String path = after(place, '/');
    if (path.indexOf('@') >= 0) {
      throw UrlRefusal.hidden("password or database", ESCAPED);
    }
    Map<String, String> query = query(after(rest.substring(at + 1), '?'));
    return assemble(login, upTo(place, '/'), path, query);
  }

  private static DatabaseUrl assemble(
      String login, String authority, String path, Map<String, String> query) {
    String user = firstGiven(query.remove("user"), Percent.decode(upTo(login, ':'), "user"));
    String password =
        firstGiven(query.remove("password"), Percent.decode(after(login, ':'), "password"));
    String database = firstGiven(query.remove("dbname"), Percent.decode(path, "database"));
    var hosts = UrlHosts.read(authority, query);
    if (database == null) {
      // As the driver does it: the user's name, and the system's where the URL names none.
      database = user == null ? System.getProperty("user.name", "postgres") : user;
    }
    return new DatabaseUrl(hosts, database, user, password, UrlParameters.translate(query));
  }

  private static Map<String, String> query(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String each : query.split("&", -1)) {
      if (!each.isEmpty()) {
        parameters.put(
            Percent.decode(upTo(each, '='), "parameter"),
            Percent.decode(after(each, '='), "parameter"));
      }
    }
    return parameters;
  }

  private static @Nullable String firstGiven(@Nullable String first, String second) {
    String given = first == null ? second : first;
    return given.isEmpty() ? null : given;
  }

  private static String upTo(String text, char end) {
    int index = text.indexOf(end);
    return index < 0 ? text : text.substring(0, index);
  }

  private static String after(String text, char end) {
    int index = text.indexOf(end);
    return index < 0 ? "" : text.substring(index + 1);
  }
}
