package dev.outgrow.importer.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between an import and its server, counts what goes through, and at one point of it lets
 * something happen. It can cut all connections, in several ways.
 */
final class FaultProxy implements AutoCloseable {
  /** How a connection ends. */
  enum Cut {
    /** As if the other side knew nothing of it. */
    RESET,
    /** In order, on both sides. */
    CLOSE,
    /** Nothing comes through any more, and nobody is told. New connections work. */
    STALL
  }

  private static final int CHUNK = 8192;

  private final ServerSocket entrance;
  private final int target;
  private final Trigger trigger;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final List<Link> links = new ArrayList<>();

  private FaultProxy(ServerSocket entrance, int target, Trigger trigger) {
    this.entrance = entrance;
    this.target = target;
    this.trigger = trigger;
  }

  /** Opens it, before a server on this machine. */
  static FaultProxy open(int target, Trigger trigger) throws IOException {
    ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    FaultProxy proxy = new FaultProxy(entrance, target, trigger);
    begin("fault-proxy", proxy::accept);
    return proxy;
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** Returns how many bytes went to the server. */
  long sent() {
    return sent.get();
  }

  /** Returns how many bytes came from the server. */
  long received() {
    return received.get();
  }

  /** Cuts every connection there is. */
  synchronized void cut(Cut how) {
    links.forEach(link -> link.cut(how));
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        try {
          link(client, new Socket(InetAddress.getLoopbackAddress(), target));
        } catch (IOException refused) {
          client.close(); // the server is down
        }
      }
    } catch (IOException closed) {
      cut(Cut.CLOSE);
    }
  }

  private synchronized void link(Socket client, Socket server) throws IOException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    Link link = new Link(client, server);
    links.add(link);
    begin("fault-proxy-up", link::up);
    begin("fault-proxy-down", link::down);
  }

  private static void begin(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut(Cut.CLOSE);
    synchronized (this) {
      links.forEach(Link::close);
    }
  }

  /** One connection. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private final Trigger.Line line;
    private volatile boolean stalled;

    private Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
      this.line = trigger.new Line();
    }

    private void up() {
      relay(client, server, sent, true);
    }

    private void down() {
      relay(server, client, received, false);
    }

    private void relay(Socket from, Socket to, AtomicLong count, boolean up) {
      byte[] bytes = new byte[CHUNK];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
          long before = count.getAndAdd(read);
          int first =
              up
                  ? trigger.beforeSent(line, before, bytes, read)
                  : trigger.beforeAnswer(line, before, read);
          forward(out, bytes, 0, first);
          if (first < read) {
            trigger.strike();
          }
          forward(out, bytes, first, read - first);
          if (up && trigger.afterSent(line)) {
            trigger.strike();
          }
        }
      } catch (IOException gone) {
        // one side has gone, or was cut off
      }
      if (!stalled) {
        close();
      }
    }

    private void forward(OutputStream out, byte[] bytes, int from, int length) throws IOException {
      if (!stalled && length > 0) {
        out.write(bytes, from, length);
      }
    }

    private void cut(Cut how) {
      if (how == Cut.STALL) {
        stalled = true;
        return;
      }
      if (how == Cut.RESET) {
        linger(client);
        linger(server);
      }
      close();
    }

    /** Without lingering a socket is reset as it is closed. */
    private static void linger(Socket socket) {
      try {
        socket.setSoLinger(true, 0);
      } catch (SocketException closed) {
        // nothing is left to reset
      }
    }

    private void close() {
      close(client);
      close(server);
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
