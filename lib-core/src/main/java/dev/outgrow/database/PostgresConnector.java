package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MissingArtifactException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Connects to PostgreSQL: a URL without a secret for the driver, the rest as its properties. */
final class PostgresConnector implements Connector {
  private static final String SOCKET_FACTORY =
      "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg";
  private static final String SOCKET_ARTIFACT = "com.kohlschutter.junixsocket:junixsocket-core";

  private final Driver driver = new Driver();
  private final String jdbcUrl;
  private final Properties properties = new Properties();
  private final String sessionSettings;
  private final int readTimeoutMillis;

  PostgresConnector(DatabaseConfig config) {
    this(config, null);
  }

  /** Connects in the configured time, or in another where that is shorter. */
  PostgresConnector(DatabaseConfig config, @Nullable Duration atMost) {
    DatabaseUrl url = config.url();
    boolean local = url.hosts().stream().anyMatch(DatabaseUrl.Host::isSocketFolder);
    String hosts = local ? "localhost" : hosts(url);
    this.jdbcUrl = "jdbc:postgresql://" + hosts + "/" + Percent.encode(url.database());
    this.sessionSettings = sessionSettings(config);
    setDefaults(config);
    url.parameters().forEach(properties::setProperty);
    setLogin(url);
    if (local) {
      useSocket(url);
    }
    this.readTimeoutMillis = seconds(PGProperty.SOCKET_TIMEOUT) * 1000;
    if (atMost != null) {
      limitConnect(atMost);
    }
    limitLogin();
  }

  private void limitConnect(Duration atMost) {
    int configured = seconds(PGProperty.CONNECT_TIMEOUT);
    int most = (int) Math.max(1, Math.min(atMost.toSeconds(), Integer.MAX_VALUE));
    // Nought is no limit at all.
    PGProperty.CONNECT_TIMEOUT.set(properties, configured == 0 ? most : Math.min(configured, most));
  }

  @Override
  public Connection connect() throws SQLException {
    Connection connection = driver.connect(jdbcUrl, properties);
    if (connection == null) {
      throw new SQLException("The PostgreSQL driver does not know its own URL");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sessionSettings);
      connection.setNetworkTimeout(Runnable::run, readTimeoutMillis);
      return connection;
    } catch (SQLException | RuntimeException failure) {
      closeAfter(failure, connection);
      throw failure;
    }
  }

  private static String sessionSettings(DatabaseConfig config) {
    // The driver sends the JVM's time zone and cannot be told another.
    StringBuilder sql = new StringBuilder("SET TimeZone TO 'UTC'");
    set(sql, "statement_timeout", config.statementTimeout());
    set(sql, "lock_timeout", config.lockTimeout());
    set(sql, "idle_in_transaction_session_timeout", config.idleInTransactionTimeout());
    return sql.toString();
  }

  private static void set(StringBuilder sql, String name, Optional<Duration> value) {
    value.ifPresent(
        time -> sql.append("; SET ").append(name).append(" TO ").append(time.toMillis()));
  }

  private static void closeAfter(Exception failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  private static String hosts(DatabaseUrl url) {
    return url.hosts().stream()
        .map(host -> host.bracketed() + ":" + host.port())
        .collect(Collectors.joining(","));
  }

  private void setDefaults(DatabaseConfig config) {
    PGProperty.APPLICATION_NAME.set(properties, config.applicationName());
    // Rounded up: the driver counts in seconds, and 0 would be no limit.
    int connectSeconds = Math.toIntExact(config.connectTimeout().plusMillis(999).toSeconds());
    PGProperty.CONNECT_TIMEOUT.set(properties, connectSeconds);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    if (isSeenByDriver(KeptAliveSockets.class)) {
      PGProperty.SOCKET_FACTORY.set(properties, KeptAliveSockets.class.getName());
    }
    if (config.url().hosts().size() > 1) {
      // Of several servers at most one can be written to. A pool that took what answers would,
      // after
      // a moment without the primary, be full of connections that refuse every write.
      PGProperty.TARGET_SERVER_TYPE.set(
          properties, config.isForReplica() ? "secondary" : "primary");
    }
    // Details quote the row that a statement failed on; it does not belong in a log.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
  }

  /** A container may have a driver for all its applications, which does not see what is theirs. */
  private static boolean isSeenByDriver(Class<?> type) {
    try {
      return Class.forName(type.getName(), false, Driver.class.getClassLoader()) == type;
    } catch (ClassNotFoundException notThere) {
      return false;
    }
  }

  private void setLogin(DatabaseUrl url) {
    url.user().ifPresent(user -> PGProperty.USER.set(properties, user));
    String password = url.password();
    if (password != null) {
      PGProperty.PASSWORD.set(properties, password);
    }
  }

  private void useSocket(DatabaseUrl url) {
    if (url.hosts().size() > 1) {
      throw UrlRefusal.hidden("host", "one host where it is the folder of a Unix socket");
    }
    try {
      Class.forName(SOCKET_FACTORY, false, Driver.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new MissingArtifactException(
          "A Unix socket needs a library that is not on the class path.",
          List.of(SOCKET_ARTIFACT),
          missing);
    }
    DatabaseUrl.Host host = url.hosts().get(0);
    PGProperty.SOCKET_FACTORY.set(properties, SOCKET_FACTORY);
    PGProperty.SOCKET_FACTORY_ARG.set(properties, host.name() + "/.s.PGSQL." + host.port());
  }

  /** A host that takes the connection and then says nothing must not hold up its caller. */
  private void limitLogin() {
    if (readTimeoutMillis == 0) {
      PGProperty.SOCKET_TIMEOUT.set(properties, seconds(PGProperty.CONNECT_TIMEOUT));
    }
  }

  private int seconds(PGProperty property) {
    try {
      return property.getInt(properties);
    } catch (SQLException notANumber) {
      throw new ConfigurationException(
          "The database URL's parameter " + property.getName(),
          UrlRefusal.HIDDEN,
          "a whole number of seconds");
    }
  }
}
