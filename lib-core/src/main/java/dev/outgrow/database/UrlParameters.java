package dev.outgrow.database;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** The parameters of a PostgreSQL URL: libpq's names and values become the driver's. */
final class UrlParameters {
  private static final Map<String, String> LIBPQ_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "channel_binding", "channelBinding",
          "connect_timeout", "connectTimeout",
          "fallback_application_name", "ApplicationName",
          "gssencmode", "gssEncMode",
          "keepalives", "tcpKeepAlive",
          "krbsrvname", "kerberosServerName",
          "load_balance_hosts", "loadBalanceHosts",
          "sslnegotiation", "sslNegotiation",
          "target_session_attrs", "targetServerType");

  private static final Map<String, Map<String, String>> LIBPQ_VALUES =
      Map.of(
          "keepalives", Map.of("0", "false", "1", "true"),
          "load_balance_hosts", Map.of("disable", "false", "random", "true"),
          "target_session_attrs",
              Map.of(
                  "any", "any",
                  "read-write", "primary",
                  "primary", "primary",
                  "read-only", "secondary",
                  "standby", "secondary",
                  "prefer-standby", "preferSecondary"));

  // Said elsewhere in the URL, or read from a file that would speak against it.
  private static final Set<String> NOT_HERE = Set.of("PGHOST", "PGPORT", "PGDBNAME", "service");

  // Everything else may hold a secret: a list of secrets would miss the next driver's.
  private static final Set<String> SHOWN =
      Set.of(
          "ApplicationName",
          "channelBinding",
          "connectTimeout",
          "currentSchema",
          "gssEncMode",
          "loadBalanceHosts",
          "loginTimeout",
          "prepareThreshold",
          "readOnly",
          "reWriteBatchedInserts",
          "socketTimeout",
          "ssl",
          "sslcert",
          "sslkey",
          "sslmode",
          "sslNegotiation",
          "sslrootcert",
          "targetServerType",
          "tcpKeepAlive");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_]{1,40}");

  private UrlParameters() {}

  /** Returns the parameters by the driver's names, in the order given. */
  static Map<String, String> translate(Map<String, String> query) {
    Map<String, String> translated = new LinkedHashMap<>();
    query.forEach(
        (name, value) -> {
          if (name.equals("client_encoding")) {
            requireUtf8(value);
          } else if (name.equals("fallback_application_name")) {
            translated.putIfAbsent(driverName(name), value);
          } else {
            translated.put(driverName(name), driverValue(name, value));
          }
        });
    return Map.copyOf(translated);
  }

  /** Returns the parameters as they stand in a URL, those that could hold a secret redacted. */
  static String shown(Map<String, String> parameters) {
    StringJoiner shown = new StringJoiner("&", "?", "").setEmptyValue("");
    parameters.keySet().stream()
        .sorted()
        .forEach(name -> shown.add(name + "=" + shown(name, parameters.get(name))));
    return shown.toString();
  }

  /** Returns the parameters as they stand in a URL, with all that they hold. */
  static String whole(Map<String, String> parameters) {
    StringJoiner whole = new StringJoiner("&", "?", "").setEmptyValue("");
    parameters.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> whole.add(each.getKey() + "=" + Percent.encode(each.getValue())));
    return whole.toString();
  }

  private static String shown(String name, @Nullable String value) {
    return SHOWN.contains(name) && value != null ? Percent.encodePath(value) : UrlRefusal.HIDDEN;
  }

  private static String driverName(String name) {
    String driverName = LIBPQ_NAMES.getOrDefault(name, name);
    if (PGProperty.forName(driverName) == null || NOT_HERE.contains(driverName)) {
      String safe = NAME.matcher(name).matches() ? name : UrlRefusal.HIDDEN;
      throw UrlRefusal.shown("parameter", safe, "the parameters of libpq or of the JDBC driver");
    }
    return driverName;
  }

  private static String driverValue(String name, String value) {
    Map<String, String> values = LIBPQ_VALUES.get(name);
    if (values == null) {
      return requireChoice(name, value);
    }
    String translated = values.get(value);
    if (translated == null) {
      throw UrlRefusal.hidden("parameter " + name, anyOf(values.keySet()));
    }
    return translated;
  }

  private static String requireChoice(String name, String value) {
    PGProperty property = PGProperty.forName(driverName(name));
    String[] choices = property == null ? null : property.getChoices();
    boolean fits =
        choices == null
            || Arrays.stream(choices).anyMatch(choice -> choice.equalsIgnoreCase(value));
    if (!fits) {
      throw UrlRefusal.hidden("parameter " + name, anyOf(Set.of(choices)));
    }
    return value;
  }

  /** The driver speaks nothing else. */
  private static void requireUtf8(String encoding) {
    String name = encoding.toLowerCase(Locale.ROOT).replace("-", "");
    if (!name.equals("utf8") && !name.equals("auto")) {
      throw UrlRefusal.hidden("parameter client_encoding", "utf8 or auto");
    }
  }

  private static String anyOf(Set<String> values) {
    return String.join(", ", values.stream().sorted().toList());
  }
}
