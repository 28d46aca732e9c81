package dev.outgrow.importer.file;

import dev.outgrow.disk.Disk;
import dev.outgrow.error.SourceFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of what a target held before, beside it: {@code app.db.before_<id>}. It is for the user
 * alone, has its name once it is whole and on the disk, and goes again if the import fails.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class FormerFile {
  private static final String BEFORE = ".before_";
  private static final String PART = ".part";

  private final Path target;
  private final Path copy;

  /**
   * Names the copy.
   *
   * @param target the file
   * @param id what sets this import apart from every other
   */
  public FormerFile(Path target, String id) {
    this.target = target.toAbsolutePath();
    this.copy = this.target.resolveSibling(this.target.getFileName() + BEFORE + id);
  }

  /** Returns where it is. */
  public Path path() {
    return copy;
  }

  /**
   * Makes it.
   *
   * @param committed a connection that reads what is committed
   * @throws SourceFileException if it cannot be written
   */
  void write(Connection committed) {
    Path part = copy.resolveSibling(copy.getFileName() + PART);
    try {
      for (Path left : unfinished()) {
        Files.delete(left); // whoever made it was killed: we hold the lock
      }
      Disk.createFile(part); // SQLite fills an empty file
      try (PreparedStatement statement = committed.prepareStatement("VACUUM INTO ?")) {
        statement.setString(1, part.toString());
        statement.execute();
      }
      Disk.sync(part); // which SQLite leaves to us
      Files.move(part, copy);
      Disk.sync(folder());
    } catch (SQLException | IOException e) {
      SourceFileException failure = failed(e);
      removeAfter(failure, part);
      throw failure;
    }
  }

  /** Takes it away again, because nothing was replaced. */
  public void removeAfter(Throwable failure) {
    removeAfter(failure, copy);
  }

  private static void removeAfter(Throwable failure, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  private SourceFileException failed(Exception cause) {
    return new SourceFileException(
        target,
        "The copy "
            + copy
            + " of what "
            + target
            + " holds could not be written: "
            + cause.getMessage()
            + ".",
        "Make room or let the folder be written to; nothing was changed.",
        cause);
  }

  private List<Path> unfinished() throws IOException {
    Pattern name =
        Pattern.compile(
            Pattern.quote(target.getFileName() + BEFORE) + "[0-9a-f_]+" + Pattern.quote(PART));
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(f -> name.matcher(f.getFileName().toString()).matches()).toList();
    }
  }

  private Path folder() {
    Path folder = target.getParent();
    return folder == null ? target : folder;
  }
}
