package dev.outgrow.codegen.internal;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the empty database comes from that chains are made in.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public abstract class ScratchSource {
  private static final Pattern EMBEDDED = Pattern.compile("-(\\d+)\\.[0-9.]+\\.jar!");
  private static final String[] BINARIES = {
    "postgres-linux-x86_64.txz", "postgres-linux-arm_64.txz"
  };

  private ScratchSource() {}

  /** An empty database, and what ends it. */
  record Lease(Database database, Runnable end) {}

  abstract Lease open();

  /** Returns which server it would be, without starting one: its major version. */
  public String server() {
    return "any";
  }

  /** Returns the source of a backend where none is named. */
  public static ScratchSource usual(Backend backend) {
    return backend == Backend.SQLITE ? new File() : new Embedded();
  }

  /** Returns databases beside that one, on its server; it is not changed. */
  public static ScratchSource beside(DatabaseUrl url) {
    return new Beside(url);
  }

  /** Returns what the caller opens; it is closed and not dropped. */
  public static ScratchSource given(Supplier<Database> source) {
    return new Given(source);
  }

  private static Database connected(DatabaseUrl url) {
    return Database.open(
        DatabaseConfig.builder(url)
            .minimumPoolSize(1)
            .maximumPoolSize(4)
            .applicationName("outgrow codegen")
            .build());
  }

  private static void endAll(AutoCloseable... parts) {
    RuntimeException first = null;
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception failure) {
        RuntimeException next =
            failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
        if (first == null) {
          first = next;
        } else {
          first.addSuppressed(next);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static final class Embedded extends ScratchSource {
    @Override
    Lease open() {
      ScratchServer server = ScratchServer.start();
      try {
        Database database = connected(server.createDatabase());
        return new Lease(database, () -> endAll(database, server));
      } catch (RuntimeException failure) {
        server.close();
        throw failure;
      }
    }

    /** The binaries say their version nowhere but in the name of their jar. */
    @Override
    public String server() {
      for (String binaries : BINARIES) {
        URL url = ScratchServer.class.getClassLoader().getResource(binaries);
        Matcher name = EMBEDDED.matcher(url == null ? "" : url.toString());
        if (name.find()) {
          return "PostgreSQL " + name.group(1);
        }
      }
      return "unknown";
    }
  }

  private static final class Beside extends ScratchSource {
    private final DatabaseUrl url;
    private @Nullable String server;

    Beside(DatabaseUrl url) {
      this.url = url;
    }

    @Override
    Lease open() {
      Database home = connected(url);
      try {
        ScratchDatabase made = ScratchDatabase.beside(home);
        return new Lease(made.database(), () -> endAll(made, home));
      } catch (RuntimeException failure) {
        home.close();
        throw failure;
      }
    }

    @Override
    public String server() {
      if (server == null) {
        try (Database home = connected(url);
            Connection connection = home.ownConnection()) {
          server =
              connection.getMetaData().getDatabaseProductName()
                  + " "
                  + connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException failure) {
          throw new UnavailableException(
              "The server " + url + " does not say its version.", "Try again.", failure);
        }
      }
      return server;
    }
  }

  private static final class File extends ScratchSource {
    @Override
    Lease open() {
      try {
        Path folder = Files.createTempDirectory("outgrow-codegen-");
        Path file = folder.resolve("scratch.db");
        Database database = connected(DatabaseUrl.sqlite(file));
        return new Lease(database, () -> endAll(database, () -> Folders.delete(folder)));
      } catch (IOException failure) {
        throw Folders.unusable("The scratch database cannot be made", failure);
      }
    }
  }

  private static final class Given extends ScratchSource {
    private final Supplier<Database> source;

    Given(Supplier<Database> source) {
      this.source = source;
    }

    @Override
    Lease open() {
      Database database = source.get();
      return new Lease(database, database::close);
    }
  }

  /** Refuses a database of another backend than the one that is meant. */
  static Lease checked(Lease lease, Backend backend) {
    if (lease.database().backend() != backend) {
      String url = lease.database().url().toString();
      lease.end().run();
      throw new ConfigurationException(
          "The scratch database", url, "an empty database of " + backend.title());
    }
    return lease;
  }
}
