package dev.outgrow.benchmarks.importing;

import dev.outgrow.importer.copy.CopyWriter;
import dev.outgrow.importer.copy.RowEncoder;
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
import java.util.Collections;
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
 * library, and read from the pages and encoded for COPY, or hashed for the verification. A row is
 * one operation; the cost of encoding or hashing alone is what they take beyond {@code pages}.
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
    List<Set<Trait>> nothing =
        Collections.nCopies(shapes.get(shapes.size() - 1).columns().size(), Set.of());
    SourceTable surveyed =
        pages.survey(shapes.get(shapes.size() - 1).name(), nothing, Integer.MAX_VALUE, rows -> {});
    table = Mapper.map(List.of(surveyed), List.of()).tables().get(0);
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
    return walk(pages);
  }

  /** Has SQLite's library read them. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long library() {
    return walk(library);
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

  private long walk(SqliteSource source) {
    try (RowCursor rows = source.rows(table.source())) {
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
