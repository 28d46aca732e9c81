package dev.outgrow.database.setup;

import dev.outgrow.error.SourceFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The lock beside a SQLite file. SQLite's own locks would keep others from writing rows. */
final class FileKeeper implements ChangeLock.Keeper {
  private final Path file;
  private final FileChannel channel;
  private @Nullable FileLock lock;

  FileKeeper(Path database) {
    this.file = database.resolveSibling(database.getFileName() + "-outgrow-lock");
    try {
      this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failed("made", e);
    }
  }

  @Override
  public boolean take() {
    try {
      lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    } catch (IOException e) {
      throw failed("locked", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed("closed", e);
    }
  }

  private SourceFileException failed(String what, IOException cause) {
    return new SourceFileException(
        file,
        "The lock file " + file + " cannot be " + what + ".",
        "Check that its folder may be written to.",
        cause);
  }
}
