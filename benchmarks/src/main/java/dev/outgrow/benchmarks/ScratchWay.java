package dev.outgrow.benchmarks;

import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.database.scratch.ScratchSettings;
import dev.outgrow.migration.Chain;
import dev.outgrow.test.ScratchDatabases;
import io.zonky.test.db.postgres.embedded.DatabasePreparer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PreparedDbProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A way to a fresh PostgreSQL database in which a folder's scripts have run. */
interface ScratchWay extends AutoCloseable {
  /** A database of one's own. */
  interface Taken extends AutoCloseable {
    Connection connection() throws SQLException;

    @Override
    void close();
  }

  Taken take() throws SQLException;

  @Override
  void close();

  /** Makes one by its name. Nothing starts before the first database. */
  static ScratchWay of(String name, Path scripts, Path cache) {
    return switch (name) {
      case "outgrow" -> new Outgrow(scripts, cache);
      case "zonky" -> new Zonky(scripts, folderOf(cache));
      case "testcontainers" -> new Container(scripts);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Returns the folder that a cache folder, which no file system is itself, is in. */
  static Path folderOf(Path cache) {
    return Objects.requireNonNull(cache.toAbsolutePath().getParent(), "cache");
  }

  private static void migrate(DataSource database, Path scripts) {
    Flyway.configure().dataSource(database).locations("filesystem:" + scripts).load().migrate();
  }

  /** This library's. */
  final class Outgrow implements ScratchWay {
    private final ScratchDatabases databases;

    Outgrow(Path scripts, Path cache) {
      Chain chain = Chain.named("core").location("filesystem:" + scripts).build();
      ScratchSettings settings = ScratchSettings.builder().folder(cache).build();
      this.databases = ScratchDatabases.open(() -> List.of(chain), settings);
    }

    @Override
    public Taken take() {
      ScratchDatabase taken = databases.postgres();
      return new Taken() {
        @Override
        public Connection connection() {
          return taken.database().connection();
        }

        @Override
        public void close() {
          taken.close();
        }
      };
    }

    @Override
    public void close() {
      databases.close();
    }
  }

  /** That of io.zonky.test: a server for each JVM, a template in it, and copies made ahead. */
  final class Zonky implements ScratchWay {
    private final PreparedDbProvider provider;
    private final Path folder;

    Zonky(Path scripts, Path folder) {
      this.folder = folder;
      // Of itself it gives up after 10 s, which a machine that is busy may take.
      Consumer<EmbeddedPostgres.Builder> patient =
          server -> server.setPGStartupWait(Duration.ofMinutes(1));
      this.provider = PreparedDbProvider.forPreparer(new Preparer(scripts), List.of(patient));
    }

    /** Tells templates apart by being equal. */
    private record Preparer(Path scripts) implements DatabasePreparer {
      @Override
      public void prepare(DataSource database) {
        migrate(database, scripts);
      }
    }

    @Override
    public Taken take() throws SQLException {
      return plain(provider.createDataSource());
    }

    /**
     * It stops its server when the JVM ends, which takes some ten seconds. That is not measured,
     * and need not be waited for.
     */
    @Override
    public void close() {
      new Servers(folder).end();
    }
  }

  /** That of Testcontainers: a container for each JVM, and the scripts run in each database. */
  final class Container implements ScratchWay {
    private static final String IMAGE = "OUTGROW_TEST_IMAGE";

    private final Path scripts;
    private final PostgreSQLContainer container =
        new PostgreSQLContainer(System.getenv().getOrDefault(IMAGE, "postgres:18-alpine"));
    private final AtomicInteger made = new AtomicInteger();

    Container(Path scripts) {
      this.scripts = scripts;
    }

    @Override
    public synchronized Taken take() throws SQLException {
      if (!container.isRunning()) {
        container.start();
      }
      String name = "test" + made.incrementAndGet();
      try (Connection connection = source(container.getDatabaseName()).getConnection();
          var statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      }
      DataSource source = source(name);
      migrate(source, scripts);
      return plain(source);
    }

    private DataSource source(String database) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(container.getJdbcUrl());
      source.setDatabaseName(database);
      source.setUser(container.getUsername());
      source.setPassword(container.getPassword());
      return source;
    }

    @Override
    public void close() {
      container.stop();
    }
  }

  private static Taken plain(DataSource source) {
    return new Taken() {
      @Override
      public Connection connection() throws SQLException {
        return source.getConnection();
      }

      @Override
      public void close() {
        // It ends with its server.
      }
    };
  }
}
