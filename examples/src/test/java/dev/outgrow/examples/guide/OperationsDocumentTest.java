package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.metrics.DatabaseMetrics;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.metrics.ImportMetrics;
import dev.outgrow.importer.postgres.LockPatience;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints the tables of docs/operations.md out of what an import leaves; with {@code
 * -Doutgrow.print=true} into the guide itself.
 */
class OperationsDocumentTest {
  private static final Path GUIDE = Pages.ROOT.resolve("docs/operations.md");
  private static final String END = "<!-- end -->\n";

  @TempDir private Path folder;

  @Test
  void theGuideSaysWhatThereIs() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    importSomething(registry);
    List<String> tables = List.of(limits(), meters(registry), events());

    String guide = Files.readString(GUIDE);
    if (Boolean.getBoolean("outgrow.print")) {
      guide = replaced(guide, tables);
      Files.writeString(GUIDE, guide);
    }
    assertThat(guide).isEqualTo(replaced(guide, tables));
  }

  private static String replaced(String guide, List<String> tables) {
    String begin = "<!-- printed by OperationsDocumentTest -->\n";
    String[] parts = guide.split(begin, -1);
    assertThat(parts).hasSize(tables.size() + 1);
    StringBuilder whole = new StringBuilder(parts[0]);
    for (int i = 0; i < tables.size(); i++) {
      String rest = parts[i + 1];
      whole.append(begin).append(tables.get(i)).append(rest.substring(rest.indexOf(END)));
    }
    return whole.toString();
  }

  private void importSomething(SimpleMeterRegistry registry) {
    Path file = folder.resolve("app.db");
    try (Database sqlite = Database.open("sqlite:///" + file)) {
      sqlite.inTransaction(
          tx -> {
            try (var statement = tx.connection().createStatement()) {
              statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
              statement.execute("INSERT INTO t VALUES (1)");
            }
          });
    }
    try (ScratchServer server = ScratchServer.start();
        Database target = Database.open(server.createDatabase())) {
      DatabaseMetrics.bind(target, registry);
      SqliteImport.from(file).into(target).onProgress(ImportMetrics.listener(registry)).run();
    }
  }

  // --- how long things wait

  private static String limits() {
    DatabaseConfig config = DatabaseConfig.builder(DatabaseUrl.parse("postgres://h/d")).build();
    LockPatience swap = LockPatience.DEFAULT;
    return "| what waits, or takes its time | default | option |\n|---|---|---|\n"
        + row("a thread for a free connection", config.acquisitionTimeout(), "acquisitionTimeout")
        + row("connecting, for one host to answer", config.connectTimeout(), "connectTimeout")
        + row("a statement", config.statementTimeout(), "statementTimeout")
        + row("a statement for a lock", config.lockTimeout(), "lockTimeout")
        + row(
            "a session that does nothing within a transaction",
            config.idleInTransactionTimeout(),
            "idleInTransactionTimeout")
        + row(
            "a connection in use, until the log names it", config.leakDetection(), "leakDetection")
        + row("a connection, until it is replaced", config.maxLifetime(), "maxLifetime")
        + row("a connection without use, until it is asked", config.keepAlive(), "keepAlive")
        + row("a read for the replica", config.replicaTimeout(), "replicaTimeout")
        + row("on SQLite, for another program's lock", config.busyTimeout(), "busyTimeout")
        + "| an import for the locks of its swap, and how often again | %s, %d times | `SqliteImport`: `lockTimeout`, `lockRetries` |\n"
            .formatted(words(swap.timeout()), swap.retries());
  }

  private static String row(String what, Optional<Duration> limit, String option) {
    return "| %s | %s | `%s` |\n"
        .formatted(what, limit.map(OperationsDocumentTest::words).orElse("no limit"), option);
  }

  private static String row(String what, Duration limit, String option) {
    return row(what, Optional.of(limit), option);
  }

  private static String words(Duration time) {
    return time.toSeconds() % 3600 == 0
        ? time.toHours() + " h"
        : time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  // --- meters

  private static String meters(SimpleMeterRegistry registry) {
    TreeMap<String, Meter.Id> ids = new TreeMap<>();
    TreeMap<String, Set<String>> tags = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      Meter.Id id = meter.getId();
      ids.put(id.getName(), id);
      Set<String> keys = tags.computeIfAbsent(id.getName(), name -> new TreeSet<>());
      id.getTags().stream().map(Tag::getKey).forEach(keys::add);
    }
    return "| meter | kind | what | tags |\n|---|---|---|---|\n"
        + ids.values().stream()
            .map(id -> meter(id, tags.getOrDefault(id.getName(), Set.of())))
            .collect(Collectors.joining());
  }

  private static String meter(Meter.Id id, Set<String> tags) {
    String unit = id.getType() == Meter.Type.TIMER ? " in seconds" : "";
    return "| `%s` | %s%s | %s | %s |\n"
        .formatted(
            id.getName(),
            id.getType().name().toLowerCase(Locale.ROOT),
            unit,
            id.getDescription(),
            tags.stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", ")));
  }

  // --- Flight Recorder

  private static String events() {
    return "| event | what | fields |\n|---|---|---|\n"
        + FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .filter(type -> type.getName().startsWith("dev.outgrow."))
            .sorted(java.util.Comparator.comparing(EventType::getName))
            .map(OperationsDocumentTest::event)
            .collect(Collectors.joining());
  }

  private static String event(EventType type) {
    String fields =
        type.getFields().stream()
            .map(ValueDescriptor::getName)
            .filter(name -> !Set.of("startTime", "eventThread", "stackTrace").contains(name))
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s |\n".formatted(type.getName(), type.getDescription(), fields);
  }
}
