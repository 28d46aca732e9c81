package dev.outgrow.importer.reject;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.disk.Disk;
import dev.outgrow.importer.report.Reject;
import dev.outgrow.importer.source.RawRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes rejected rows to files of JSON lines, one file a table, into a folder of their own that
 * only the owner can read. Until {@link #publish} their names end in {@code .part}; {@link #close}
 * without {@link #keep} deletes them.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class RejectFiles implements AutoCloseable {
  private static final String PART = ".part";

  private final Path folder;
  private final List<Path> parts = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private boolean kept;

  /**
   * Makes the folder.
   *
   * @param parent the folder to make it in
   * @param name its name, which no other import has
   * @throws RejectFileException if it cannot be made
   */
  public RejectFiles(Path parent, String name) {
    this.folder = parent.toAbsolutePath().resolve(name);
    try {
      Files.createDirectories(parent.toAbsolutePath());
      Files.createDirectory(folder, Disk.ownersFolder());
    } catch (IOException e) {
      throw new RejectFileException(parent, e);
    }
  }

  /**
   * Deletes the folder of an import that was killed, with its files, if there is one.
   *
   * @throws RejectFileException if that cannot be done
   */
  public static void clear(Path parent, String name) {
    Path base = parent.toAbsolutePath();
    Path left = base.resolve(name);
    // The name may come from a database: it must not lead anywhere else.
    if (!base.equals(left.getParent()) || !Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> inside = Files.list(left)) {
      for (Path each : inside.toList()) {
        Files.delete(each);
      }
      Files.delete(left);
    } catch (IOException e) {
      throw new RejectFileException(parent, e);
    }
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /** Writes the rows of one table. */
  public void write(TableRejects rejects) {
    Path file = folder.resolve(RejectFileNames.of(rejects.table()));
    Path part = folder.resolve(file.getFileName() + PART);
    RejectJson values = new RejectJson(rejects.columns(), Long.MAX_VALUE, (row, column) -> {});
    parts.add(part);
    files.add(file);
    try (FileChannel channel =
            FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Disk.ownersFile());
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      JsonGenerator json = RejectJson.FACTORY.createGenerator(out);
      rejects.feed().handOut((reject, row) -> line(json, values, reject, row));
      json.writeRaw('\n');
      json.flush();
      out.flush();
      channel.force(true);
    } catch (IOException e) {
      throw new RejectFileException(folder, e);
    }
  }

  /** Gives the files their names. */
  public void publish() {
    try {
      for (int i = 0; i < parts.size(); i++) {
        Files.move(parts.get(i), files.get(i), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new RejectFileException(folder, e);
    }
  }

  /** Says that the import is done, and that they stay. */
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try {
      for (int i = 0; i < parts.size(); i++) {
        Files.deleteIfExists(parts.get(i));
        Files.deleteIfExists(files.get(i));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new RejectFileException(folder, e);
    }
  }

  private void line(JsonGenerator json, RejectJson values, Reject reject, RawRow row) {
    try {
      json.writeStartObject();
      json.writeStringField("table", reject.table());
      json.writeStringField("key", reject.key());
      json.writeStringField("column", reject.column());
      json.writeStringField("reason", reject.reason());
      json.writeFieldName("values");
      values.values(json, row);
      json.writeEndObject();
    } catch (IOException e) {
      throw new RejectFileException(folder, e);
    }
  }
}
