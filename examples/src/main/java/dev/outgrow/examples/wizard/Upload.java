package dev.outgrow.examples.wizard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A file on its way to the server: each piece goes to the disk as it comes. The first bytes say
 * whether it can be a SQLite file at all.
 *
 * <p>Closed before it is {@linkplain Wizard#take taken}, it is deleted. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Upload implements AutoCloseable {
  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int SMALLEST = 512;
  private static final long MIB = 1L << 20;

  private final ChosenFile file;
  private final FileChannel channel;
  private final long largest;
  private long bytes;
  private boolean taken;

  private Upload(ChosenFile file, FileChannel channel, long largest) {
    this.file = file;
    this.channel = channel;
    this.largest = largest;
  }

  static Upload to(Path path, String name, long largest) throws IOException {
    ChosenFile file = new ChosenFile(path, name, ChosenFile.Origin.UPLOAD, 0);
    return new Upload(file, FileChannel.open(path, StandardOpenOption.WRITE), largest);
  }

  /**
   * Writes a piece.
   *
   * @throws Refusal if it is no SQLite file, too large, or there is no room for it
   */
  public void write(ByteBuffer piece) {
    for (int i = 0; bytes + i < HEADER.length && i < piece.remaining(); i++) {
      if (piece.get(piece.position() + i) != HEADER[(int) bytes + i]) {
        throw new Refusal(
            file.name() + " is not a SQLite file, or is encrypted.",
            "Choose the database's own file, often with the ending .db or .sqlite; decrypt it with"
                + " the program that has encrypted it first.");
      }
    }
    bytes += piece.remaining();
    if (bytes > largest) {
      throw tooLarge(file.name(), largest);
    }
    try {
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    } catch (IOException e) {
      throw new Refusal(
          "The server has no room for " + file.name() + ".",
          "Make room there, or name another folder (--uploads).",
          e);
    }
  }

  static Refusal tooLarge(String name, long largest) {
    return new Refusal(
        String.format(
            Locale.ROOT,
            "%s is larger than the %,d MiB that may be uploaded.",
            name,
            largest / MIB),
        "Put it into the folder of the server's files (--files) and choose it there, or raise the"
            + " limit (--upload-limit).");
  }

  /** Returns the file, which is whole now. */
  ChosenFile take() {
    if (bytes < SMALLEST) {
      throw new Refusal(
          bytes == 0 ? file.name() + " is empty." : file.name() + " is no whole SQLite file.",
          "Check that it is the right one; a copy may have failed half-way.");
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new Refusal("The upload was not written.", "See that the disk has room.", e);
    }
    taken = true;
    return new ChosenFile(file.path(), file.name(), file.origin(), bytes);
  }

  @Override
  public void close() {
    if (!taken) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new Refusal("The upload was not written.", "See that the disk has room.", e);
      } finally {
        UploadRoom.delete(file);
      }
    }
  }
}
