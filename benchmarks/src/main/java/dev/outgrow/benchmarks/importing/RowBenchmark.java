package dev.outgrow.benchmarks.importing;

import dev.outgrow.importer.copy.CopyWriter;
import dev.outgrow.importer.copy.RowEncoder;
import dev.outgrow.importer.mapping.Examination;
import dev.outgrow.importer.mapping.Mapper;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.importer.sqlite.SqliteSource;
import dev.outgrow.importer.verify.SourceDigester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a row costs on the client, and what it allocates: read from the pages, read by SQLite's
 * library, and read from the pages and looked at, encoded for COPY, or hashed for the verification,
 * or all of it. A row is one operation; the cost of one thing alone is what it takes beyond {@code
 * pages}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls open() first
public class RowBenchmark {
  private static final int ROWS = 20_000;

  /** The dataset, one of {@code narrow} and {@code wide}. */
  @Param({"narrow", "wide"})
  public String dataset = "narrow";

  private Path folder = Path.of("");
  private SqliteSource pages;
  private SqliteSource library;
  private TableMapping table;
  private List<Set<Trait>> traits;

  /** Measures everything, with allocation, and prints it as JMH does. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(RowBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }

  /** Makes the file and opens it twice. */
  @Setup(Level.Trial)
  public void open() throws IOException, SQLException {
    folder = Files.createTempDirectory("outgrow-rows");
    Dataset chosen = Dataset.valueOf(dataset.toUpperCase(Locale.ROOT));
    double whole = chosen == Dataset.NARROW ? 5_000_000 : 1_000_000;
    List<Shape> shapes = chosen.shapes(ROWS / whole);
    Path file = folder.resolve("source.sqlite");
    SourceFile.make(file, shapes, 1);
    pages = SqliteSource.open(file);
    library = SqliteSource.openForSqlite(file);
    pages.contents(); // before it nobody knows the tables
    library.contents();
    Examination sought = Examination.of(pages.definitions());
    List<SourceTable> surveyed =
        pages.definitions().stream()
            .map(t -> pages.survey(t.name(), sought.traits(t), Integer.MAX_VALUE, rows -> {}))
            .toList();
    String largest = shapes.get(shapes.size() - 1).name();
    table =
        Mapper.map(surveyed, List.of()).tables().stream()
            .filter(t -> t.source().equals(largest))
            .findFirst()
            .orElseThrow();
    traits =
        pages.definitions().stream()
            .filter(t -> t.name().equals(largest))
            .map(sought::traits)
            .findFirst()
            .orElseThrow();
  }

  /** Deletes the file. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    pages.close();
    library.close();
    Files.delete(folder.resolve("source.sqlite"));
    Files.delete(folder);
  }

  /** Reads rows from the pages. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long pages() {
    return walk(pages.rows(table.source()));
  }

  /** Has SQLite's library read them. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long library() {
    return walk(library.rows(table.source()));
  }

  /** Reads and encodes. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long encoded() {
    CopyWriter out = CopyWriter.toNowhere();
    RowEncoder encoder = RowEncoder.of(table);
    try (RowCursor rows = pages.rows(table.source())) {
      long count = 0;
      while (rows.next()) {
        encoder.write(rows.row(), out);
        count++;
      }
      return all(count);
    }
  }

  /** Reads and hashes. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object hashed() {
    try (RowCursor rows = pages.rows(table.source())) {
      SourceDigester digester = new SourceDigester(table, rows.row());
      long count = 0;
      while (rows.next()) {
        digester.add();
        count++;
      }
      all(count);
      return digester.digest();
    }
  }

  /** Reads and looks at what the columns hold. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long surveyed() {
    return walk(pages.watch(table.source(), traits));
  }

  /** Does all that an import does before the bytes are sent. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object carried() {
    CopyWriter out = CopyWriter.toNowhere();
    RowEncoder encoder = RowEncoder.of(table);
    try (RowCursor rows = pages.watch(table.source(), traits)) {
      SourceDigester digester = new SourceDigester(table, rows.row());
      long count = 0;
      while (rows.next()) {
        encoder.write(rows.row(), out);
        digester.add();
        count++;
      }
      all(count);
      return digester.digest();
    }
  }

  private static long walk(RowCursor cursor) {
    try (RowCursor rows = cursor) {
      long count = 0;
      while (rows.next()) {
        count++;
      }
      return all(count);
    }
  }

  private static long all(long count) {
    if (count != ROWS) {
      throw new IllegalStateException(count + " rows were read");
    }
    return count;
  }
}
