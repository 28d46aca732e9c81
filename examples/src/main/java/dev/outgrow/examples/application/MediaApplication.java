package dev.outgrow.examples.application;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.Health;
import dev.outgrow.database.metrics.DatabaseMetrics;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.examples.application.Route.Access;
import dev.outgrow.examples.pages.Pages;
import dev.outgrow.examples.wizard.Wizard;
import dev.outgrow.examples.wizard.WizardSettings;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.StartPolicy;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The media-history application: statistics, history, users, graphs and the plugins for
 * administrators who have logged in, {@code /health} and {@code /metrics} for whoever watches it.
 *
 * <p>It listens before it has a database: until then {@code /health} says 503 and {@code starting},
 * and every page says that it waits. What the history sums up is compared with it before the first
 * page, and once a minute while somebody looks. It serves 16 requests at once, of at most 64 KiB
 * each.
 *
 * <p>Its wizard carries a SQLite file to PostgreSQL, and the application after it: from then on
 * every request is answered from there.
 *
 * <p>A failure to open or migrate the database ends it. {@link #close} answers no more, and closes
 * the database that it opened.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class MediaApplication implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int BESIDE = 4;
  private static final long MOST_BYTES = 64 * 1024;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Readiness readiness = new Readiness();
  private final RequestMeters meters = new RequestMeters();
  private final ExecutorService beside = Executors.newFixedThreadPool(BESIDE);
  private final SumKeeper sums;
  private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> sweeping;
  private final ApplicationHome home = new ApplicationHome(readiness, this::watch);
  private final Wizard wizard;
  private final Undertow server;

  private MediaApplication(
      InetAddress host, int port, Proxies proxies, InstantSource clock, WizardSettings settings) {
    this.wizard = new Wizard(settings, home);
    Pages pages = new Pages();
    LoginSessions sessions = new LoginSessions(clock);
    List<Route> routes = new ArrayList<>();
    this.sums = new SumKeeper(clock, beside);
    routes.addAll(new StatisticsPages(readiness, pages, clock, beside, sums).routes());
    routes.addAll(new PluginPages(readiness, pages, clock).routes());
    routes.addAll(new LoginPages(readiness, sessions, new Attempts(clock), pages).routes());
    routes.addAll(new WizardPages(wizard, sessions).routes());
    sessions.whenEnded(session -> wizard.left(session.csrf()));
    this.sweeping = sweeper.scheduleWithFixedDelay(sessions::sweep, 1, 1, TimeUnit.MINUTES);
    routes.add(everybody("/health", new HealthReply(readiness)::answer));
    routes.add(everybody("/metrics", meters::answer));
    routes.add(everybody(Assets.FOLDER + "*", new Assets(Libraries.versions())::answer));
    Gate gate = new Gate(host.isLoopbackAddress() && !proxies.any());
    Dispatcher dispatcher =
        new Dispatcher(routes, gate, proxies, sessions, readiness, pages, meters);
    this.server =
        Undertow.builder()
            .addHttpListener(port, host.getHostAddress())
            .setIoThreads(2)
            .setWorkerThreads(THREADS)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MOST_BYTES)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, PATIENCE_MILLIS)
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PATIENCE_MILLIS)
            .setHandler(new BlockingHandler(dispatcher))
            .build();
  }

  private static Route everybody(String path, Action action) {
    return new Route("GET", path, Access.EVERYBODY, action);
  }

  /**
   * Listens; {@link #open} has to follow.
   *
   * @param host the address to listen on, such as {@code 127.0.0.1}
   * @param port the port; 0 for one that is free
   * @throws ConfigurationException if there is no such address or nobody may listen there
   */
  public static MediaApplication listen(String host, int port) {
    return listen(host, port, List.of(), WizardSettings.defaults());
  }

  /**
   * Listens behind proxies; {@link #open} has to follow. What they say of how and from where a
   * browser came is believed: {@code X-Forwarded-Proto: https} makes the cookies {@code Secure},
   * and logins that fail are counted for the last address of {@code X-Forwarded-For}. Which names
   * of hosts lead here is theirs to decide then.
   *
   * @param host the address to listen on
   * @param port the port; 0 for one that is free
   * @param proxies their addresses; nobody else is believed
   * @param settings what the wizard was told
   * @throws ConfigurationException as the other does, and if an address is none
   */
  public static MediaApplication listen(
      String host, int port, List<String> proxies, WizardSettings settings) {
    return listen(host, port, Proxies.at(proxies), InstantSource.system(), settings);
  }

  static MediaApplication listen(String host, int port, InstantSource clock) {
    return listen(host, port, Proxies.NONE, clock, WizardSettings.defaults());
  }

  static MediaApplication listen(
      String host, int port, Proxies proxies, InstantSource clock, WizardSettings settings) {
    if (System.getProperty("org.jboss.logging.provider") == null) {
      System.setProperty("org.jboss.logging.provider", "slf4j"); // where this program's log goes
    }
    MediaApplication application =
        new MediaApplication(address(host), port, proxies, clock, settings);
    try {
      application.server.start();
    } catch (RuntimeException refused) {
      application.close();
      throw new ConfigurationException(
          "The address to listen on", host + ":" + port, "one of this machine that is free");
    }
    return application;
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new ConfigurationException(
          "The address to listen on", host, "a name or an address of this machine");
    }
  }

  /**
   * Waits for the database, passes the gate of its migrations, and serves it from then on.
   *
   * @param config where it is
   * @param patience how long to wait for it
   * @param migrations its migrations
   * @param policy what may be changed
   */
  public void open(
      DatabaseConfig config,
      Duration patience,
      Function<Database, Migrations> migrations,
      StartPolicy policy) {
    Database opened = Database.awaitReady(config, patience);
    home.closesAtTheEnd(opened);
    home.migratedBy(migrations);
    migrations.apply(opened).start(policy);
    home.goOn(opened);
  }

  private void watch(Database opened) {
    Migrations chains = home.migrations(opened);
    opened.addHealthProbe("migrations", () -> migrated(chains));
    DatabaseMetrics.bind(opened, meters.registry());
    sums.refresh(opened);
  }

  private static Health.Detail migrated(Migrations chains) {
    boolean current = chains.check().isCurrent();
    return new Health.Detail(current, current ? "current" : "not current: see status");
  }

  /** Returns where it listens: {@code http://127.0.0.1:8181/}. */
  public String url() {
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    InetAddress host = address.getAddress();
    String name = host.getHostAddress();
    return "http://"
        + (name.contains(":") ? "[" + name + "]" : name)
        + ":"
        + address.getPort()
        + "/";
  }

  @Override
  public void close() {
    server.stop();
    sweeping.cancel(true);
    sweeper.shutdownNow();
    beside.shutdownNow();
    wizard.close();
    meters.close();
    home.close();
  }
}
