package dev.outgrow.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the hosts of a URL, from where they usually stand and from libpq's parameters. */
final class UrlHosts {
  private static final int DEFAULT_PORT = 5432;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern PORT = Pattern.compile("[0-9]{1,9}");
  // Nothing that could end the host's part of a URL.
  private static final Pattern HOST =
      Pattern.compile("[\\p{L}\\p{N}._~-]+|[0-9A-Fa-f:.]+(%[\\p{L}\\p{N}._~-]+)?|/.+");

  private UrlHosts() {}

  /** Takes {@code host}, {@code hostaddr} and {@code port} out of the query. */
  static List<DatabaseUrl.Host> read(String authority, Map<String, String> query) {
    String host = query.remove("host");
    String address = query.remove("hostaddr");
    String ports = query.remove("port");
    List<DatabaseUrl.Host> hosts = new ArrayList<>();
    String names = address != null ? address : host;
    if (names != null) {
      for (String each : names.split(",", -1)) {
        hosts.add(host(each, null));
      }
    } else {
      for (String each : authority.split(",", -1)) {
        hosts.add(hostAndPort(each));
      }
    }
    return ports == null ? hosts : withPorts(hosts, ports.split(",", -1));
  }

  private static DatabaseUrl.Host hostAndPort(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > text.lastIndexOf(']');
    String name = hasPort ? text.substring(0, colon) : text;
    boolean bracketed = name.startsWith("[") && name.endsWith("]");
    if (name.indexOf(':') >= 0 && !bracketed) {
      throw UrlRefusal.hidden(
          "host", "name:port, an IPv6 address in brackets, and a password's / ? % @ escaped");
    }
    String bare = bracketed ? name.substring(1, name.length() - 1) : name;
    return host(Percent.decode(bare, "host"), hasPort ? text.substring(colon + 1) : null);
  }

  private static DatabaseUrl.Host host(String name, @Nullable String port) {
    String known = name.isEmpty() ? "localhost" : name;
    if (!HOST.matcher(known).matches()) {
      throw UrlRefusal.hidden("host", "a name, an address or the folder of a socket");
    }
    return new DatabaseUrl.Host(known, port(port));
  }

  /** One port for each host, or one for all, as libpq takes them. */
  private static List<DatabaseUrl.Host> withPorts(List<DatabaseUrl.Host> hosts, String[] ports) {
    if (ports.length != 1 && ports.length != hosts.size()) {
      throw UrlRefusal.hidden("ports", "one port, or as many as there are hosts");
    }
    List<DatabaseUrl.Host> changed = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      changed.add(
          new DatabaseUrl.Host(hosts.get(i).name(), port(ports[ports.length == 1 ? 0 : i])));
    }
    return changed;
  }

  private static int port(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return DEFAULT_PORT;
    }
    int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (port < 1 || port > HIGHEST_PORT) {
      // Not shown: behind an unescaped slash it would be the beginning of the password.
      throw UrlRefusal.hidden(
          "port", "1 to 65535; a password's / ? % @ must be written as %2F %3F %25 %40");
    }
    return port;
  }
}
