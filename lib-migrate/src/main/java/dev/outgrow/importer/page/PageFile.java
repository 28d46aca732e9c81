package dev.outgrow.importer.page;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file of which the pages are read directly, as of the moment that a connection of SQLite
 * holds: that connection keeps others from changing what counts at that moment. The file stays open
 * until the process ends, since closing it would drop locks of SQLite's connections.
 *
 * <p>It knows tables with and without rowids, pages of 512 to 65,536 bytes with bytes reserved or
 * none, chains of overflow pages, records older than some of their columns, and what a write-ahead
 * log has. It distrusts every byte: where something is not as it has to be it gives no row, and
 * whoever reads lets SQLite decide.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class PageFile implements AutoCloseable {
  private final RandomAccessFile file;
  private final FileHeader header;
  private final Pages pages;
  private final @Nullable WalLog log;

  private PageFile(RandomAccessFile file, FileHeader header, int count, @Nullable WalLog log) {
    this.file = file;
    this.header = header;
    this.pages = new FilePages(file, log(log), header, count);
    this.log = log;
  }

  private static Log log(@Nullable WalLog log) {
    return log == null ? Log.NONE : log;
  }

  /**
   * What SQLite says of the database at its moment.
   *
   * @param pageSize bytes of a page
   * @param pages how many pages there are
   * @param schemaVersion changes with each definition
   * @param userVersion what the application wrote there
   * @param logged whether changes go to a log
   * @since 0.1
   */
  public record Told(
      int pageSize, long pages, int schemaVersion, int userVersion, boolean logged) {}

  /**
   * The moment of a write-ahead log, to be taken before and behind the beginning of a transaction:
   * where both are equal, it is the transaction's.
   *
   * <p><em>Immutable.</em>
   *
   * @since 0.1
   */
  public static final class Moment {
    private final Optional<WalMoment> log;

    private Moment(Optional<WalMoment> log) {
      this.log = log;
    }

    /** Takes it. */
    public static Moment of(Path file) {
      return new Moment(WalMoment.read(file));
    }

    /** Returns whether it is known, and the same as another. */
    public boolean isSame(Moment other) {
      return log.isPresent() && log.equals(other.log);
    }
  }

  /**
   * Opens a file.
   *
   * @param file the file itself, and no link to it
   * @param told what SQLite says of it
   * @param moment the moment of its log, of which it is known that it is SQLite's; null where there
   *     is no log
   * @return nothing if it is not what SQLite says, or cannot be read in this way
   */
  public static Optional<PageFile> open(Path file, Told told, @Nullable Moment moment) {
    try {
      Optional<RandomAccessFile> opened = LastingFiles.open(file);
      return opened.isEmpty() ? Optional.empty() : open(file, opened.get(), told, moment);
    } catch (IOException e) {
      // SQLite has read it: then let it go on.
      return Optional.empty();
    }
  }

  private static Optional<PageFile> open(
      Path file, RandomAccessFile opened, Told told, @Nullable Moment moment) throws IOException {
    WalMoment logged = moment == null ? null : moment.log.orElse(null);
    WalLog log = null;
    if (logged != null && logged.frames() > 0) {
      log = WalLog.open(file, logged, told.pageSize());
      if (log == null) {
        return Optional.empty();
      }
    }
    Optional<PageFile> found = open(opened, told, logged, log);
    if (found.isEmpty() && log != null) {
      log.close();
    }
    return found;
  }

  private static Optional<PageFile> open(
      RandomAccessFile opened, Told told, @Nullable WalMoment logged, @Nullable WalLog log)
      throws IOException {
    byte[] first = log == null ? null : log.read(1);
    FileHeader header = FileHeader.read(first == null ? head(opened) : first).orElse(null);
    // A log without frames says nothing of the database.
    long pages =
        logged != null && logged.frames() > 0
            ? Integer.toUnsignedLong(logged.pages())
            : told.pages();
    if (header == null
        || header.pageSize() != told.pageSize()
        || header.schemaVersion() != told.schemaVersion()
        || header.userVersion() != told.userVersion()
        || header.logged() != told.logged()
        || told.logged() != (logged != null)
        || pages != told.pages()
        || pages > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    return Optional.of(new PageFile(opened, header, (int) pages, log));
  }

  private static byte[] head(RandomAccessFile file) throws IOException {
    byte[] bytes = new byte[(int) Math.min(FileHeader.SIZE, file.length())];
    synchronized (file) {
      file.seek(0);
      file.readFully(bytes);
    }
    return bytes;
  }

  /** Begins a walk over a table; nothing if its tree is not what it has to be. */
  public Optional<PageRows> rows(PageTable table, Part part) {
    return PageRows.open(pages, table, part);
  }

  /**
   * Looks at every page of the file as SQLite's own {@code quick_check} does, in a fraction of its
   * time.
   *
   * @param trees every tree of the file but that of the schema
   * @param interrupted whether nobody waits for the answer any more: then there is none
   * @return how many entries each of them has; nothing if anything is not as it has to be, or is
   *     not known: then SQLite's check has the word
   */
  public Optional<List<Long>> audit(List<PageTree> trees, BooleanSupplier interrupted) {
    // A log is read by one thread alone.
    Supplier<Pages> others = log == null ? this::single : null;
    return new PageAudit(single(), others, interrupted).entries(header.pageSize(), trees);
  }

  /** One by one: those of an index follow each other in the file by chance. */
  private Pages single() {
    return new FilePages(file, log(log), header, pages.count(), 1);
  }

  /** Closes the log. The file stays open. */
  @Override
  public void close() {
    try {
      if (log != null) {
        log.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Closing a log that was read", e);
    }
  }
}
