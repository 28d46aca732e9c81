package dev.outgrow.benchmarks.importing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a command to its end, or to its limit.
 *
 * @param seconds how long it took
 * @param cpuSeconds the processor's time of it and all its children
 * @param memoryMib the most memory that the largest of its processes had, looked at every 20 ms
 * @param failure what went wrong; empty if nothing did
 */
record Client(double seconds, double cpuSeconds, double memoryMib, String failure) {
  private static final long LOOK_MILLIS = 20;
  private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

  /** Runs a command; what it prints goes into the log. */
  static Client run(List<String> command, Path log, Duration limit)
      throws IOException, InterruptedException {
    Path times = log.resolveSibling("times");
    Files.deleteIfExists(times);
    List<String> line =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                "export LC_ALL=C; \"${@:2}\"; code=$?; times >\"$1\"; exit $code",
                "client",
                times.toString()));
    line.addAll(command);
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(Path.of("/dev/null").toFile()) // a debugger that asks gets no answer
            .start();
    try {
      long memory = watch(process, begin + limit.toNanos());
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Client(seconds, cpu(times), memory / 1024.0, failure(process, log, limit));
    } finally {
      end(process);
    }
  }

  private static long watch(Process process, long end) throws InterruptedException {
    Map<Long, Long> peaks = new HashMap<>();
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
      process
          .descendants()
          .forEach(each -> peaks.merge(each.pid(), Ticks.peakKib(each.pid()), Math::max));
    }
    return peaks.values().stream().max(Long::compare).orElse(0L);
  }

  private static String failure(Process process, Path log, Duration limit) throws IOException {
    if (process.isAlive()) {
      return "not done after " + limit.toSeconds() + " s";
    }
    if (process.exitValue() == 0) {
      return "";
    }
    String words = Files.readString(log, StandardCharsets.ISO_8859_1);
    String last = words.lines().filter(l -> !l.isBlank()).reduce((a, b) -> b).orElse("");
    return "exit code " + process.exitValue() + ": " + last.strip();
  }

  private static void end(Process process) {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /** Reads what bash says of its children, in the second line. */
  private static double cpu(Path times) throws IOException {
    if (!Files.exists(times)) {
      return Double.NaN;
    }
    Matcher matcher = TIME.matcher(Files.readAllLines(times).get(1));
    double seconds = 0;
    while (matcher.find()) {
      seconds += 60 * Integer.parseInt(matcher.group(1)) + Double.parseDouble(matcher.group(2));
    }
    return seconds;
  }
}
