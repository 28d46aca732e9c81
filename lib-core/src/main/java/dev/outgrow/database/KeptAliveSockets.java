package dev.outgrow.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.Map;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of connections to PostgreSQL, unless a {@code socketFactory} in the URL does. A
 * server's machine that has gone, or a network that drops a connection and tells nobody, is noticed
 * two minutes after the last byte: the system asks after 60 seconds, and then 6 times, every 10
 * seconds. Without that it would begin to ask after two hours. Where the system lets a program
 * choose none of this, its own times hold; {@code tcpKeepAlive=false} in the URL asks nothing.
 *
 * <p>It is public because the driver makes it by its name. <em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class KeptAliveSockets extends SocketFactory {
  /** By name: not every system, and not every Java, has them. */
  private static final Map<String, Integer> TIMES =
      Map.of("TCP_KEEPIDLE", 60, "TCP_KEEPINTERVAL", 10, "TCP_KEEPCOUNT", 6);

  /** Makes one, as the driver does. */
  public KeptAliveSockets() {}

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Socket();
    try {
      for (SocketOption<?> option : socket.supportedOptions()) {
        Integer time = TIMES.get(option.name());
        if (time != null && option.type() == Integer.class) {
          set(socket, option, time);
        }
      }
      return socket;
    } catch (IOException | RuntimeException failure) {
      socket.close();
      throw failure;
    }
  }

  @SuppressWarnings("unchecked") // its type has been looked at
  private static void set(Socket socket, SocketOption<?> option, Integer value) throws IOException {
    socket.setOption((SocketOption<Integer>) option, value);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(null, new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(null, new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(
        new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
  }

  private Socket connected(@Nullable SocketAddress from, SocketAddress to) throws IOException {
    Socket socket = createSocket();
    try {
      if (from != null) {
        socket.bind(from);
      }
      socket.connect(to);
      return socket;
    } catch (IOException | RuntimeException failure) {
      socket.close();
      throw failure;
    }
  }
}
