package dev.outgrow.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
  @TempDir private Path folder;

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void whatItMakesIsForTheOwnerAlone() throws IOException {
    Path deep = folder.resolve("a/b");
    Disk.createFolders(deep);
    Path file = deep.resolve("f");
    Disk.createFile(file);

    assertThat(rights(deep)).isEqualTo("rwx------");
    assertThat(rights(file)).isEqualTo("rw-------");
    assertThat(Disk.isOpenToOthers(deep)).isFalse();
    assertThatThrownBy(() -> Disk.createFile(file)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void rightsOfOthersAreTakenFromThem() throws IOException {
    Path file = Files.createFile(folder.resolve("f"));
    for (Path path : new Path[] {folder, file}) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      assertThat(Disk.isOpenToOthers(path)).isTrue();
      Disk.closeToOthers(path);
      assertThat(Disk.isOpenToOthers(path)).isFalse();
    }
    assertThat(rights(folder)).isEqualTo("rwx------");
    assertThat(rights(file)).isEqualTo("rw-------");
  }

  @Test
  void filesAndFoldersAreBroughtToTheDisk() throws IOException {
    Path file = folder.resolve("f");
    Disk.createFile(file);
    Disk.sync(file);
    Disk.sync(folder);
    assertThat(file).isEmptyFile();
    assertThatThrownBy(() -> Disk.sync(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
