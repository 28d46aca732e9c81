package dev.outgrow.database;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the forms of a database URL apart and reads those of SQLite. */
final class UrlForms {
  private static final String JDBC_POSTGRESQL = "jdbc:postgresql:";
  private static final String JDBC_SQLITE = "jdbc:sqlite:";
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9]*)(\\+[A-Za-z0-9_.-]+)?://(.*)", Pattern.DOTALL);
  private static final String SCHEMES =
      "jdbc:postgresql:, postgres://, postgresql://, postgresql+driver://, jdbc:sqlite:,"
          + " sqlite:/// or sqlite+driver:///";
  private static final String PATHS = "the path of a file, without parameters";

  private UrlForms() {}

  static DatabaseUrl read(String url) {
    if (url.indexOf('\0') >= 0) {
      throw UrlRefusal.hidden("text", "any text without the character NUL");
    }
    if (url.startsWith(JDBC_POSTGRESQL)) {
      return PostgresUrl.readJdbc(url.substring(JDBC_POSTGRESQL.length()));
    }
    if (url.startsWith(JDBC_SQLITE)) {
      return sqlite(withoutParameters(url.substring(JDBC_SQLITE.length())));
    }
    Matcher matcher = SCHEME.matcher(url);
    if (!matcher.matches()) {
      throw UrlRefusal.hidden("scheme", SCHEMES);
    }
    String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "postgres", "postgresql" -> PostgresUrl.read(matcher.group(3));
      case "sqlite" -> slashed(matcher.group(3));
      default -> throw UrlRefusal.shown("scheme", scheme, SCHEMES);
    };
  }

  /** Three slashes and a relative path, or four and an absolute one. */
  private static DatabaseUrl slashed(String rest) {
    if (!rest.startsWith("/")) {
      throw UrlRefusal.hidden(
          "SQLite path", "sqlite:///relative/path with three slashes, or sqlite:////absolute/path");
    }
    return sqlite(Percent.decode(withoutParameters(rest.substring(1)), "SQLite path"));
  }

  private static String withoutParameters(String path) {
    int parameters = path.indexOf('?');
    if (parameters >= 0) {
      // Not shown: some drivers take the key of an encrypted file there.
      String shown = path.substring(0, parameters + 1) + UrlRefusal.HIDDEN;
      throw UrlRefusal.shown("SQLite path", shown, PATHS + "; in sqlite:///, ? itself as %3F");
    }
    return path;
  }

  private static DatabaseUrl sqlite(String path) {
    // A leading colon is ":memory:", of which every connection would see another one.
    boolean special = path.isEmpty() || path.startsWith(":") || path.startsWith("file:");
    if (special) {
      throw UrlRefusal.shown("SQLite path", path, PATHS);
    }
    try {
      return DatabaseUrl.sqlite(Path.of(path));
    } catch (InvalidPathException invalid) {
      throw UrlRefusal.shown("SQLite path", path, PATHS);
    }
  }
}
