package dev.outgrow.examples.application;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.examples.pages.MoveTexts;
import dev.outgrow.examples.wizard.Progressing;
import dev.outgrow.examples.wizard.Standing;
import dev.outgrow.examples.wizard.Step.Working;
import dev.outgrow.examples.wizard.Wizard;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventConnection.EventCallback;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells browsers how far the wizard is, as server-sent events. Each event is the whole state, so
 * that a tab that comes later, or comes again, needs nothing of what was told before. A browser
 * that is slow gets fewer of them: the next is made when the last has left. The stream ends with
 * the session that it was asked for in.
 */
final class ProgressEvents {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressEvents.class);
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final long KEEP_ALIVE_MILLIS = 15_000;

  private final Wizard wizard;
  private final LoginSessions sessions;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  ProgressEvents(Wizard wizard, LoginSessions sessions) {
    this.wizard = wizard;
    this.sessions = sessions;
    sessions.whenEnded(session -> listeners.forEach(Listener::run));
  }

  void answer(HttpServerExchange exchange) throws Exception {
    String secret = Visit.cookie(exchange, Dispatcher.COOKIE).orElse("");
    new ServerSentEventHandler((connection, last) -> begin(connection, secret))
        .handleRequest(exchange);
  }

  private void begin(ServerSentEventConnection connection, String secret) {
    connection.setKeepAliveTime(KEEP_ALIVE_MILLIS);
    Listener listener = new Listener(connection, secret);
    AutoCloseable watch = wizard.watch(listener);
    listeners.add(listener);
    connection.addCloseTask(
        closed -> {
          listeners.remove(listener);
          end(watch);
        });
    listener.run();
  }

  private static void end(AutoCloseable watch) {
    try {
      watch.close();
    } catch (Exception e) {
      LOG.warn("A browser's place could not be given up", e);
    }
  }

  /** One browser: what changes while an event is on its way is told with the next. */
  private final class Listener implements Runnable, EventCallback {
    private final ServerSentEventConnection connection;
    private final String secret;
    private final AtomicBoolean sending = new AtomicBoolean();
    private final AtomicBoolean stale = new AtomicBoolean();

    Listener(ServerSentEventConnection connection, String secret) {
      this.connection = connection;
      this.secret = secret;
    }

    @Override
    public void run() {
      stale.set(true);
      send();
    }

    /** Whoever is not logged in any more hears nothing more, and their browser asks anew. */
    private void send() {
      if (!sessions.lasts(secret)) {
        connection.shutdown();
        return;
      }
      if (stale.get() && sending.compareAndSet(false, true)) {
        stale.set(false);
        Standing now = wizard.standing();
        connection.send(json(now), null, now.mark(), this);
      }
    }

    @Override
    public void done(
        ServerSentEventConnection from,
        @Nullable String data,
        @Nullable String event,
        @Nullable String id) {
      sending.set(false);
      send();
    }

    /** The browser has gone; it comes again by itself if it is still there. */
    @Override
    public void failed(
        ServerSentEventConnection from,
        @Nullable String data,
        @Nullable String event,
        @Nullable String id,
        IOException failure) {
      LOG.debug("A browser does not listen any more", failure);
    }
  }

  static String json(Standing standing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("mark", standing.mark());
      if (standing.step() instanceof Working working) {
        Progressing now = working.progress();
        json.writeStringField("phase", MoveTexts.phase(now));
        json.writeNumberField("place", MoveTexts.place(now));
        json.writeStringField("table", now.table());
        json.writeStringField("rows", MoveTexts.rows(now));
        json.writeStringField("pace", MoveTexts.pace(now));
        json.writeNumberField("percent", now.percent());
        json.writeStringField("note", now.note());
        json.writeBooleanField("stopping", now.stopping());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
    return text.toString();
  }
}
