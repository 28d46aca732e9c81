package dev.outgrow.backup;

import dev.outgrow.error.ConfigurationException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of PostgreSQL's programs that is there.
 *
 * @param program where it is
 * @param version what it says of itself: {@code pg_dump (PostgreSQL) 15.14}
 * @param major its major version
 */
record PostgresTool(Path program, String version, int major) {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
  private static final long PATIENCE_SECONDS = 20;

  /**
   * Finds one that is not older than a server, and of several the oldest.
   *
   * @throws MissingToolException if there is none
   */
  static PostgresTool find(String name, int least, @Nullable Path folder) {
    List<PostgresTool> there = new ArrayList<>();
    for (Path candidate : candidates(name, folder)) {
      ask(candidate).ifPresent(there::add);
    }
    return there.stream()
        .filter(tool -> tool.major() >= least)
        .min(Comparator.comparingInt(PostgresTool::major))
        .orElseThrow(() -> missing(name, least, folder, there));
  }

  private static MissingToolException missing(
      String name, int least, @Nullable Path folder, List<PostgresTool> there) {
    String where =
        folder == null ? "on the PATH and in " + DEBIAN : "in " + folder.toAbsolutePath();
    String what =
        there.stream()
            .max(Comparator.comparingInt(PostgresTool::major))
            .map(
                newest ->
                    name
                        + " "
                        + where
                        + " is of version "
                        + newest.major()
                        + " ("
                        + newest.program()
                        + "), and PostgreSQL "
                        + least
                        + " takes one that is not older.")
            .orElse("There is no " + name + " " + where + ".");
    return new MissingToolException(what, least);
  }

  private static List<Path> candidates(String name, @Nullable Path folder) {
    List<Path> folders = new ArrayList<>();
    if (folder != null) {
      if (!Files.isDirectory(folder)) {
        throw new ConfigurationException("tools", folder.toString(), "a folder with pg_dump");
      }
      folders.add(folder);
    } else {
      String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
      Stream.of(path.split(Pattern.quote(File.pathSeparator)))
          .filter(each -> !each.isEmpty())
          .map(Path::of)
          .forEach(folders::add);
      folders.addAll(debianFolders());
    }
    return folders.stream()
        .map(each -> each.resolve(name))
        .filter(Files::isExecutable)
        .distinct()
        .toList();
  }

  private static List<Path> debianFolders() {
    if (!Files.isDirectory(DEBIAN)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions.map(version -> version.resolve("bin")).sorted().toList();
    } catch (IOException unreadable) {
      return List.of(); // then there is none that could be called
    }
  }

  /** Returns the major version in what a program said of itself; 0 if there is none. */
  static int majorOf(String words) {
    Matcher found = VERSION.matcher(words);
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  /** Asks a program for its version; one that does not say is none. */
  private static Optional<PostgresTool> ask(Path program) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true);
      builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
      Process process = builder.start();
      process.getOutputStream().close();
      String words =
          new String(process.getInputStream().readNBytes(1000), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      int major = majorOf(words);
      return major == 0 ? Optional.empty() : Optional.of(new PostgresTool(program, words, major));
    } catch (IOException cannotBeCalled) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * Starts it. What it says of errors goes into a file; nothing else of this process reaches it.
   */
  Process start(Map<String, String> environment, Path errors, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }
}
