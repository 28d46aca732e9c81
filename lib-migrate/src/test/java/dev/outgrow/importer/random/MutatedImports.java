package dev.outgrow.importer.random;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.error.StatementException;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.random.Mutations.Seed;
import dev.outgrow.importer.report.ImportReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Imports mutated copies one after the other, in a JVM of its own: one that crashes, hangs or has
 * no memory left is seen from outside. Prints a line that begins with {@code !} for each that ends
 * otherwise than it may, then how many ended how.
 */
final class MutatedImports {
  private static final int SECONDS = 10;
  private static final String SCHEMA = "mutated";

  private final Database database;
  private final Path file;
  private final Mutations mutations;
  private final Map<String, Integer> ends = new TreeMap<>();
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private long longest;

  private MutatedImports(Database database, Path folder) throws SQLException, IOException {
    this.database = database;
    this.file = folder.resolve("mutated.db");
    this.mutations = new Mutations(SoundFiles.make(folder));
  }

  /** Takes a database, a folder, the first number and how many there are. */
  @SuppressWarnings("SystemOut") // read by the test
  public static void main(String[] arguments) throws Exception {
    int from = Integer.parseInt(arguments[2]);
    int count = Integer.parseInt(arguments[3]);
    try (Database database = Database.open(arguments[0])) {
      MutatedImports imports = new MutatedImports(database, Path.of(arguments[1]));
      for (int number = from; number < from + count; number++) {
        imports.carry(number);
      }
      imports.worker.shutdown();
      imports.ends.forEach((end, n) -> System.out.println(n + " " + end));
      System.out.println("longest " + imports.longest / 1_000_000 + " ms");
    }
  }

  @SuppressWarnings("SystemOut")
  private void carry(int number) throws Exception {
    Seed copy = mutations.copy(number);
    write(copy);
    long begin = System.nanoTime();
    Future<String> end = worker.submit(() -> run(copy));
    String said;
    try {
      said = end.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      System.out.println("! " + number + " " + copy.name() + " does not end");
      Thread.getAllStackTraces().forEach((t, s) -> System.out.println(t + Arrays.toString(s)));
      Runtime.getRuntime().halt(1);
      throw e;
    } catch (ExecutionException e) {
      said = "! " + e.getCause();
      e.printStackTrace(System.out);
    }
    longest = Math.max(longest, System.nanoTime() - begin);
    if (said.startsWith("!")) {
      System.out.println("! " + number + " " + copy.name() + " " + said.substring(1));
    }
    ends.merge(said.startsWith("!") ? "WRONG" : said, 1, Integer::sum);
    cleared();
  }

  private void write(Seed copy) throws IOException {
    for (String ending : new String[] {"-wal", "-shm", "-journal"}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
    }
    Files.write(file, copy.file());
    if (copy.log() != null) {
      Files.write(file.resolveSibling(file.getFileName() + "-wal"), copy.log());
    }
  }

  /** Returns how it ended; with a {@code !} where it must not end so. */
  private String run(Seed copy) throws SQLException, IOException {
    String end;
    Optional<ImportReport> report = Optional.empty();
    try {
      report =
          Optional.of(
              SqliteImport.from(file).into(database).schema(SCHEMA).orphans(Orphans.KEEP).run());
      end = "verified";
    } catch (OutgrowException e) {
      end = refusal(e);
    }
    if (!isUnchanged(copy)) {
      return "! the source was changed";
    }
    if (report.isPresent()) {
      Optional<String> objection = judged(report.get());
      return objection.map(o -> "! " + o).orElse(end);
    }
    return end;
  }

  private String refusal(OutgrowException e) {
    boolean names =
        !(e instanceof SourceFileException) || e.what().contains(file.getFileName().toString());
    boolean clear = !e.what().isBlank() && !e.remedy().isBlank() && names;
    if (!clear || e instanceof StatementException) {
      return "! unclear: " + e;
    }
    return e.getClass().getSimpleName();
  }

  private boolean isUnchanged(Seed copy) throws IOException {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    byte[] expected = copy.log();
    return Arrays.equals(Files.readAllBytes(file), copy.file())
        && (expected == null || Arrays.equals(Files.readAllBytes(log), expected));
  }

  private Optional<String> judged(ImportReport report) throws SQLException {
    try (Connection sqlite = SqliteFiles.open(file);
        Connection postgres = database.connection()) {
      return new RowsJudge(sqlite, postgres, SCHEMA, report).objection();
    }
  }

  /** Takes away what was imported; nothing else may be there. */
  private void cleared() throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
      if (!Judge.ask(
              connection, "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'outgrow\\_staging%'")
          .isEmpty()) {
        throw new IllegalStateException("What was staged is still there");
      }
    }
  }
}
