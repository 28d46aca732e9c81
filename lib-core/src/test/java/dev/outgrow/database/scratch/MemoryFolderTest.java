package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where data in memory stand, and what of it is deleted; no server runs here. */
class MemoryFolderTest {
  private static final Path SHARED = Path.of("/dev/shm");
  private static final Duration KEPT = Duration.ofDays(7);

  /** Has nothing to stop. */
  private static final ServerEngine NONE =
      new ServerEngine() {
        @Override
        public String name() {
          return "none";
        }

        @Override
        public String kind() {
          return "none";
        }

        @Override
        public ServerAccess start(Path folder) throws IOException {
          throw new IOException("never started");
        }

        @Override
        public void stop(Path folder) {
          assertThat(folder).exists();
        }
      };

  private final Path disk;
  private Path parent = SHARED;
  private MemoryFolder memory = MemoryFolder.in(SHARED, 1);

  MemoryFolderTest(@TempDir Path disk) {
    this.disk = disk;
  }

  @BeforeEach
  void takeAPartOfTheMemory() throws IOException {
    assumeTrue(Files.isWritable(SHARED) && Files.getFileStore(SHARED).type().equals("tmpfs"));
    parent = Files.createTempDirectory(SHARED, "outgrow-test");
    memory = MemoryFolder.in(parent, 1);
  }

  @AfterEach
  void giveItBack() throws IOException {
    if (!parent.equals(SHARED)) {
      ScratchFolder.delete(parent);
    }
  }

  private Path place(String name) throws IOException {
    ScratchFolder place = ScratchFolder.at(disk.resolve(name));
    place.takeTurn().close();
    return place.path();
  }

  private static FileTime eightDaysAgo() {
    return FileTime.from(Instant.now().minus(Duration.ofDays(8)));
  }

  /** Makes data for a server's folder, as its engine does. */
  private Path linked(String name) throws IOException {
    Path place = place(name);
    Path made = memory.create(place).orElseThrow();
    Files.createDirectory(MemoryFolder.data(made));
    MemoryFolder.link(place, made);
    return made;
  }

  @Test
  void isTheUsersAlone() throws IOException {
    Path made = linked("server-1");

    for (Path each : List.of(made, made.getParent())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rwx------");
    }
    assertThat(MemoryFolder.data(disk.resolve("server-1")).toRealPath())
        .isEqualTo(MemoryFolder.data(made));
  }

  @Test
  void twoServersNeverMeet() throws IOException {
    Path one = linked("server-1");
    Path other = linked("server-2");

    assertThat(one).isNotEqualTo(other);
    memory.delete(disk.resolve("server-1"));
    assertThat(one).doesNotExist();
    assertThat(MemoryFolder.data(disk.resolve("server-1"))).doesNotExist();
    assertThat(MemoryFolder.data(disk.resolve("server-2"))).isDirectory();
  }

  @Test
  void nothingIsMadeWhereThereIsNoRoomOrNoMemory() throws IOException {
    Path place = place("server-1");

    assertThat(MemoryFolder.in(parent, Long.MAX_VALUE).create(place)).isEmpty();
    assertThat(MemoryFolder.in(parent.resolve("missing"), 1).create(place)).isEmpty();
    boolean diskIsMemory = Files.getFileStore(disk).type().equals("tmpfs");
    assertThat(MemoryFolder.in(disk, 1).create(place).isPresent()).isEqualTo(diskIsMemory);
  }

  @Test
  void aFolderThatOthersCanSeeIsNotUsed() throws IOException {
    Path place = place("server-1");
    Path made = memory.create(place).orElseThrow();
    Files.setPosixFilePermissions(made.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(memory.create(place)).isEqualTo(Optional.empty());
  }

  @Test
  void whatBelongsToAFolderThatIsGoneIsDeleted() throws IOException {
    Path gone = linked("server-1");
    Path stays = linked("server-2");
    ScratchFolder.delete(disk.resolve("server-1"));

    memory.clearLeftOvers(NONE, KEPT);

    assertThat(gone).doesNotExist();
    assertThat(stays).isDirectory();
  }

  @Test
  void whatNobodyHasUsedForLongIsDeleted() throws IOException {
    Path old = linked("server-1");
    Path stays = linked("server-2");
    Files.setLastModifiedTime(disk.resolve("server-1"), eightDaysAgo());

    memory.clearLeftOvers(NONE, KEPT);

    assertThat(old).doesNotExist();
    assertThat(disk.resolve("server-1")).isDirectory();
    assertThat(MemoryFolder.data(disk.resolve("server-1"))).doesNotExist();
    assertThat(stays).isDirectory();
  }

  @Test
  void whatAKilledMakerHadNotLinkedIsDeleted() throws IOException {
    Path half = memory.create(place("server-1")).orElseThrow();

    memory.clearLeftOvers(NONE, KEPT);

    assertThat(half).doesNotExist();
  }

  @Test
  void ofThoseWhoSeeOtherFoldersOnlyWhatIsOldIsDeleted() throws IOException {
    Path recent = linked("server-1");
    Path old = linked("server-2");
    for (Path each : List.of(recent, old)) {
      Files.writeString(each.resolve("home"), "/nowhere/server-1\nmnt:[1]\n");
    }
    Files.setLastModifiedTime(old, eightDaysAgo());

    memory.clearLeftOvers(NONE, KEPT);

    assertThat(recent).isDirectory();
    assertThat(old).doesNotExist();
  }

  @Test
  void aLinkToElsewhereIsNotFollowed() throws IOException {
    Path place = place("server-1");
    Path elsewhere = Files.createDirectories(disk.resolve("elsewhere/data"));
    Files.createSymbolicLink(MemoryFolder.data(place), elsewhere);

    memory.delete(place);

    assertThat(elsewhere).isDirectory();
    assertThat(MemoryFolder.data(place)).doesNotExist();
  }

  @Test
  void aServerWithoutRoomSaysWhatHelps() {
    SQLException full = new SQLException("could not extend file: No space left on device", "53100");

    assertThat(CloneServer.failed(full, "Making a scratch database"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContainingAll("No space left on device", "outgrow.test.memory=never");
    assertThat(CloneServer.failed(new SQLException("gone", "42P01"), "Making one"))
        .isNotInstanceOf(UnavailableException.class);
  }
}
