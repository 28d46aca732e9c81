package dev.outgrow.database.scratch;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import javax.crypto.SecretKeyFactory;

/**
 * What the first connection of a JVM has to load: the driver's and the pool's classes, where the
 * program logs, ways to hash, normalize and count days. That takes as long as a server's start, and
 * can be done while it starts. What is named here and is not there, as with another driver, is
 * loaded when it is needed.
 */
final class FirstConnection {
  // The last that are needed first: whoever connects begins at the other end.
  private static final List<String> CLASSES =
      List.of(
          "com.zaxxer.hikari.pool.HikariProxyResultSet",
          "com.zaxxer.hikari.pool.HikariProxyPreparedStatement",
          "com.zaxxer.hikari.pool.HikariProxyConnection",
          "org.postgresql.jdbc.PgPreparedStatement",
          "org.postgresql.jdbc.PgDatabaseMetaData",
          "com.zaxxer.hikari.pool.HikariPool",
          "com.zaxxer.hikari.HikariDataSource",
          "org.postgresql.jdbc.PgResultSet",
          "org.postgresql.jdbc.PgStatement",
          "org.postgresql.jdbc.TypeInfoCache",
          "org.postgresql.jdbc.TimestampUtils",
          "org.postgresql.core.v3.QueryExecutorImpl",
          "org.postgresql.core.Parser",
          "org.postgresql.shaded.com.ongres.scram.common.ServerFinalMessage",
          "org.postgresql.shaded.com.ongres.scram.client.ServerFirstProcessor",
          "org.postgresql.shaded.com.ongres.stringprep.Tables",
          "org.postgresql.shaded.com.ongres.scram.client.ScramClient",
          "org.postgresql.core.v3.ScramAuthenticator",
          "org.postgresql.core.v3.ConnectionFactoryImpl",
          "org.postgresql.jdbc.PgConnection");

  private static final String LOCAL = "127.0.0.1";
  private static final ServerAccess NOWHERE = new ServerAccess(LOCAL, 1, "any", "-");
  private static final String KEY = "PBKDF2WithHmacSHA256";

  private FirstConnection() {}

  /** Loads all of it, and returns what is not there. */
  static List<String> prepare() {
    List<String> missing = new ArrayList<>();
    Log.of(FirstConnection.class);
    CloneServer.config(NOWHERE.url(), 1).build();
    Calendar.getInstance();
    for (String name : CLASSES) {
      try {
        prepare(name);
      } catch (ClassNotFoundException | LinkageError notInThisVersion) {
        missing.add(name);
      }
    }
    Normalizer.normalize("\u00a0", Normalizer.Form.NFKC);
    ScramVerifier.of("any");
    try {
      SecretKeyFactory.getInstance(KEY);
    } catch (NoSuchAlgorithmException notOnThisPlatform) {
      missing.add(KEY);
    }
    return missing;
  }

  /**
   * Connects to where nobody listens, which takes the driver half of what it does the first time.
   * It is for those who have longer to wait: beside somebody who connects already it gains nothing.
   */
  static void rehearse() throws IOException {
    boolean ignored = new ServerAccess(LOCAL, EmbeddedEngine.freePort(), "any", "-").answers();
  }

  /**
   * Loads and links a class, of which its constructors can be asked then. It is not initialized: of
   * two threads that do that with classes which need each other, each would wait for the other.
   */
  private static void prepare(String name) throws ClassNotFoundException {
    ClassLoader loader = FirstConnection.class.getClassLoader();
    int ignored = Class.forName(name, false, loader).getDeclaredConstructors().length;
  }
}
