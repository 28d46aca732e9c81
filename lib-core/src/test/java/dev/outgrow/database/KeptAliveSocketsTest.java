package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that has gone silently is noticed in minutes. */
@ExtendWith(SharedServer.class)
class KeptAliveSocketsTest {
  private static final String PORTS = "SELECT inet_client_port() || ' ' || inet_server_port()";
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int HERTZ = 100;

  @Test
  void areWhatAConnectionGoesThroughUnlessItsUrlSaysOtherwise(ScratchServer server)
      throws IOException {
    assumeTrue(Files.isReadable(TABLES.get(0)), "the system does not show its sockets");
    DatabaseUrl url = server.createDatabase();

    assertThat(secondsToAsk(url)).isBetween(1L, 60L);
    assertThat(secondsToAsk(with(url, "keepalives=0"))).isEqualTo(-1);
  }

  private static DatabaseUrl with(DatabaseUrl url, String parameter) {
    DatabaseUrl.Host host = url.hosts().get(0);
    DatabaseUrl changed =
        DatabaseUrl.parse(
            "postgresql://%s:%d/%s?%s"
                .formatted(host.name(), host.port(), url.database(), parameter));
    return changed.withUser(url.user().orElseThrow(), String.valueOf(url.password()));
  }

  /** Returns in how many seconds the system asks whether the server lives; -1 for never. */
  private static long secondsToAsk(DatabaseUrl url) throws IOException {
    try (Database database = Database.open(url)) {
      String[] ports = database.<String>read(tx -> DatabaseContract.text(tx, PORTS)).split(" ", 2);
      String local = hexadecimal(ports[0]);
      String remote = hexadecimal(ports[1]);
      for (String line : sockets()) {
        String[] cells = line.strip().split("\\s+", -1);
        if (cells[1].endsWith(local) && cells[2].endsWith(remote)) {
          String[] timer = cells[5].split(":", 2);
          return timer[0].equals("02") ? Long.parseLong(timer[1], 16) / HERTZ : -1;
        }
      }
    }
    throw new AssertionError("The system does not show the connection");
  }

  private static String hexadecimal(String port) {
    return ":%04X".formatted(Integer.parseInt(port));
  }

  private static List<String> sockets() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path table : TABLES) {
      if (Files.isReadable(table)) {
        lines.addAll(Files.readAllLines(table));
      }
    }
    return lines;
  }

  private static Map<String, Object> times(Socket socket) throws IOException {
    Map<String, Object> times = new TreeMap<>();
    for (SocketOption<?> option : socket.supportedOptions()) {
      if (option.name().startsWith("TCP_KEEP")) {
        times.put(option.name(), socket.getOption(option));
      }
    }
    return times;
  }

  @Test
  void askSoonHoweverTheyAreMade(ScratchServer server) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    int port = server.createDatabase().hosts().get(0).port();
    KeptAliveSockets sockets = new KeptAliveSockets();
    try (Socket plain = sockets.createSocket();
        Socket named = sockets.createSocket("127.0.0.1", port);
        Socket bound = sockets.createSocket(here, port, here, 0)) {
      Map<String, Object> times = times(plain);

      assertThat(times).containsEntry("TCP_KEEPIDLE", 60);
      assertThat(times(named)).isEqualTo(times);
      assertThat(times(bound)).isEqualTo(times);
      assertThat(named.isConnected()).isTrue();
      assertThat(bound.getLocalAddress()).isEqualTo(here);
    }
  }
}
