package dev.outgrow.examples.application;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another program that uses a SQLite file: a process of its own, since locks belong to one. */
final class OtherProgram implements AutoCloseable {
  private static final String READY = "ready";
  private final Process process;

  private OtherProgram(Process process) {
    this.process = process;
  }

  /** Begins one that runs statements on a file, keeps it open, and was heard of when they ran. */
  static OtherProgram using(Path file, String... statements) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
              "-cp",
              System.getProperty("java.class.path"),
              OtherProgram.class.getName(),
              file.toString());
      builder.command().addAll(List.of(statements));
      Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader out = process.inputReader();
      String line = out.readLine();
      while (line != null && !line.equals(READY)) {
        line = out.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("It has ended with " + process.waitFor());
      }
      return new OtherProgram(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void main(String[] arguments) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      for (String sql : List.of(arguments).subList(1, arguments.length)) {
        statement.execute(sql);
      }
      System.out.println(READY);
      System.in.read(); // until who began it ends it
    }
  }

  /** Returns whether it is still there. */
  boolean lasts() {
    return process.isAlive();
  }

  /** Kills it, so that what it was about stays as it is. */
  @Override
  public void close() {
    try {
      process.destroyForcibly();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("It does not end");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
