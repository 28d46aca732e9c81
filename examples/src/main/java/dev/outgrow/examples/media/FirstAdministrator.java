package dev.outgrow.examples.media;

import dev.outgrow.database.Database;
import dev.outgrow.migration.JavaMigration;
import dev.outgrow.migration.MigrationContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that somebody can log in: the administrator who is there, or a new one, gets a
 * generated password.
 */
final class FirstAdministrator implements JavaMigration {
  private static final String NAME = "admin";

  private final @Nullable Database target;
  private final Consumer<FirstLogin> tell;
  private final boolean isWanted;
  private final Passwords passwords = new Passwords();

  /**
   * Prepares it.
   *
   * @param target the database that people log in to; null if none is. Where the migration runs in
   *     another, a scratch database, its password is of no use and nobody is told
   * @param tell gets the login before it is committed: a process that is killed right after the
   *     commit has shown it, and one that fails shows another at the next run
   */
  FirstAdministrator(@Nullable Database target, Consumer<FirstLogin> tell) {
    this(target, tell, true);
  }

  private FirstAdministrator(
      @Nullable Database target, Consumer<FirstLogin> tell, boolean isWanted) {
    this.target = target;
    this.tell = tell;
    this.isWanted = isWanted;
  }

  /** Returns the same migration for tables that are filled next: it makes nobody. */
  static FirstAdministrator comesWithTheRows() {
    return new FirstAdministrator(null, login -> {}, false);
  }

  @Override
  public String version() {
    return "6";
  }

  @Override
  public String description() {
    return "first administrator";
  }

  @Override
  public void migrate(MigrationContext context) throws SQLException {
    Connection connection = context.connection();
    if (!isWanted || find(connection, "SELECT user_id FROM logins").isPresent()) {
      return; // somebody can log in already
    }
    OptionalLong there =
        find(connection, "SELECT id FROM users WHERE is_admin AND is_active = 1 ORDER BY id");
    long user = there.isPresent() ? there.getAsLong() : create(connection, freeName(connection));
    String password = passwords.generate();
    allow(connection, user, passwords.hash(password));
    if (context.database() == target) {
      tell.accept(new FirstLogin(nameOf(connection, user), password));
    }
  }

  private static OptionalLong find(Connection connection, String query, Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(connection, query, values);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** A person who happens to be called admin does not become one. */
  private static String freeName(Connection connection) throws SQLException {
    String name = NAME;
    for (int i = 2;
        find(connection, "SELECT id FROM users WHERE username = ?", name).isPresent();
        i++) {
      name = NAME + i;
    }
    return name;
  }

  private static long create(Connection connection, String name) throws SQLException {
    String insert =
        "INSERT INTO users (username, friendly_name, is_admin, added_at)"
            + " VALUES (?, 'Administrator', ?, ?) RETURNING id";
    return find(connection, insert, name, true, Instant.now().getEpochSecond()).orElseThrow();
  }

  private static void allow(Connection connection, long user, String hash) throws SQLException {
    String insert =
        "INSERT INTO logins (user_id, password_hash, must_change, set_at) VALUES (?, ?, ?, ?)";
    try (PreparedStatement statement =
        prepared(connection, insert, user, hash, true, Instant.now().getEpochSecond())) {
      statement.executeUpdate();
    }
  }

  private static String nameOf(Connection connection, long user) throws SQLException {
    try (PreparedStatement statement =
            prepared(connection, "SELECT username FROM users WHERE id = ?", user);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }
}
