package dev.outgrow.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files and folders for this user alone, and on the disk. Where the file system knows no rights
 * (Windows), they have those of their folder.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Disk {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private Disk() {}

  /**
   * Makes an empty file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one of the name
   */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, ownersFile());
  }

  /** Makes a folder, if it is not there, and those above it that are not. */
  public static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, ownersFolder());
  }

  /** Returns what a new file is made with. */
  public static FileAttribute<?>[] ownersFile() {
    return alone("rw-------");
  }

  /** Returns what a new folder is made with. */
  public static FileAttribute<?>[] ownersFolder() {
    return alone("rwx------");
  }

  /** Returns whether anybody but its owner has rights on a folder. */
  public static boolean isOpenToOthers(Path folder) throws IOException {
    return POSIX
        && Files.getPosixFilePermissions(folder).stream()
            .map(PosixFilePermission::name)
            .anyMatch(name -> !name.startsWith("OWNER_"));
  }

  /** Takes a file's or a folder's rights from everybody but its owner. */
  public static void closeToOthers(Path path) throws IOException {
    if (POSIX) {
      String rights = Files.isDirectory(path) ? "rwx------" : "rw-------";
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }
  }

  private static FileAttribute<?>[] alone(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Waits until a file, or the names in a folder, are on the disk. */
  public static void sync(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    if (folder && System.getProperty("os.name", "").startsWith("Windows")) {
      return; // which opens no folders, and writes names at once
    }
    try (FileChannel channel =
        FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
