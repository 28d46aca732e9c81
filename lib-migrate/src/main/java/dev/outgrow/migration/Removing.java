package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.setup.ChangeLock;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what chains own: of one, or of all. */
final class Removing {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private final ChainSet set;
  private final long begin = System.nanoTime();

  Removing(ChainSet set) {
    this.set = set;
  }

  RemovalResult uninstall(String name, String confirmedName) {
    Chain chain = set.find(name);
    if (!name.equals(confirmedName)) {
      throw new ConfigurationException(
          "confirmation", confirmedName, "the chain's name, " + name + ", to drop its tables");
    }
    List<ChainScripts> scripts = set.read();
    ChangeLock held = set.lock();
    try (held) {
      ChainSet.refuse(
          set.check(scripts),
          other ->
              other.chain().equals(name)
                  && (other.state() == ChainState.UNKNOWN_TABLES
                      || other.state() == ChainState.AHEAD));
      refuseRequired(chain);
      return remove(List.of(chain), "uninstall-" + name);
    }
  }

  RemovalResult reset(String confirmedName) {
    String name = databaseName();
    if (!name.equals(confirmedName)) {
      throw new ConfigurationException(
          "confirmation", confirmedName, "the database's name, " + name + ", to drop its tables");
    }
    List<ChainScripts> scripts = set.read();
    ChangeLock held = set.lock();
    try (held) {
      ChainSet.refuse(set.check(scripts), other -> other.state() == ChainState.UNKNOWN_TABLES);
      return remove(set.chains(), "reset");
    }
  }

  private RemovalResult remove(List<Chain> chains, String label) {
    Database database = set.database();
    Set<String> names = new LinkedHashSet<>();
    for (Chain chain : chains) {
      names.addAll(chain.ownedTables());
      names.add(chain.historyTable());
    }
    RemovalResult result =
        OwnTransaction.run(
            set,
            "Dropping what " + subject(chains) + " owns",
            connection -> result(drop(connection, names, subject(chains)), label));
    LOG.info("Removal of {} in {}: {}", subject(chains), database.url(), result.text());
    return result;
  }

  private Dropped drop(Connection connection, Set<String> names, String subject)
      throws SQLException {
    return set.database().backend() == Backend.POSTGRESQL
        ? new PostgresDrop(connection, names, subject).run()
        : new SqliteDrop(connection, names, subject).run();
  }

  /** The copy is of what is committed: what was dropped is still in it. */
  private RemovalResult result(Dropped dropped, String label) {
    Optional<Path> backup =
        dropped.objects().isEmpty() ? Optional.empty() : new BackupCopy(set).take(label);
    return new RemovalResult(
        dropped.objects(), dropped.left(), backup, Duration.ofNanos(System.nanoTime() - begin));
  }

  private static String subject(List<Chain> chains) {
    return (chains.size() == 1 ? "chain " : "chains ")
        + String.join(", ", chains.stream().map(Chain::name).toList());
  }

  private void refuseRequired(Chain chain) {
    Map<String, List<HistoryRow>> histories =
        new HistoryReader(set.database())
            .read(set.chains().stream().map(Chain::historyTable).toList())
            .histories();
    List<String> requiring =
        set.chains().stream()
            .filter(
                other ->
                    other.requirements().stream()
                        .anyMatch(requirement -> requirement.chain().equals(chain.name())))
            .filter(
                other ->
                    new AppliedState(histories.getOrDefault(other.historyTable(), List.of()))
                        .holdsAnything())
            .map(Chain::name)
            .toList();
    if (!requiring.isEmpty()) {
      throw new MigrationException(
          new MigrationException.Place(chain.name(), null, 0),
          "Chain " + chain.name() + " is required by " + String.join(", ", requiring) + ".",
          "Uninstall what requires it first; nothing was dropped.",
          null,
          null,
          null);
    }
  }

  private String databaseName() {
    Optional<Path> file = set.database().url().file();
    if (file.isPresent()) {
      return file.get().getFileName().toString();
    }
    return set.database()
        .transaction(
            tx -> {
              try (Statement statement = tx.connection().createStatement();
                  ResultSet row = statement.executeQuery("SELECT current_database()")) {
                row.next();
                return row.getString(1);
              }
            });
  }
}
