package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.SqlFailures;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Copies of one prepared SQLite file. */
final class SqliteTemplates implements TemplateStore {
  private static final String MAKING = "1";
  private static final String TEMPLATE = "template-";
  private static final String BUILDING = "building-";

  private final Path template;
  private final FileCustody place;
  private final AtomicLong made = new AtomicLong();
  private volatile boolean kept;

  private SqliteTemplates(Path template, FileCustody place) {
    this.template = template;
    this.place = place;
  }

  static SqliteTemplates open(ScratchSettings settings, ScratchTemplate template) {
    byte[] digest = PostgresTemplate.sha256(MAKING + "\n" + template.fingerprint());
    String name = TEMPLATE + HexFormat.of().formatHex(digest, 0, 8) + ".db";
    ScratchServer.TURN.lock();
    try {
      ScratchFolder folder = ScratchFolder.at(settings.folder().resolve("sqlite"));
      FileChannel turn = folder.takeTurn();
      try {
        return inTurn(folder, settings, template, folder.path().resolve(name));
      } finally {
        turn.close();
      }
    } catch (IOException failure) {
      throw SqliteScratch.unusable("prepared", failure);
    } finally {
      ScratchServer.TURN.unlock();
    }
  }

  private static SqliteTemplates inTurn(
      ScratchFolder folder, ScratchSettings settings, ScratchTemplate template, Path file)
      throws IOException {
    if (!Files.exists(file)) {
      make(folder, template, file);
    }
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    dropOld(folder, settings.templatesKept());
    return new SqliteTemplates(file, SqliteScratch.makePlace());
  }

  /** Under another name: one that is there is whole, and closed. */
  private static void make(ScratchFolder folder, ScratchTemplate template, Path file)
      throws IOException {
    Path building = folder.createFolder(BUILDING + UUID.randomUUID());
    try {
      Path whole = building.resolve("whole.db");
      fill(template, building.resolve("filling.db"), whole);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      ScratchFolder.delete(building);
    }
  }

  private static void fill(ScratchTemplate template, Path filling, Path whole) {
    DatabaseUrl url = DatabaseUrl.sqlite(filling);
    try (Database empty = Database.open(DatabaseConfig.builder(url).readers(1).build())) {
      template.preparation().accept(empty);
      try (Connection connection = empty.connection();
          PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
        copy.setString(1, whole.toString());
        copy.execute();
      }
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Making a template at " + url);
    }
  }

  private static void dropOld(ScratchFolder folder, Duration kept) throws IOException {
    Instant first = Instant.now().minus(kept);
    for (Path each : folder.entries()) {
      String name = each.getFileName().toString();
      if (name.startsWith(BUILDING)) {
        ScratchFolder.delete(each);
      } else if (name.startsWith(TEMPLATE)
          && Files.getLastModifiedTime(each).toInstant().isBefore(first)) {
        Files.deleteIfExists(each);
      }
    }
  }

  @Override
  public Clone copy(boolean readOnly) {
    Path folder = place.folder().resolve(Long.toString(made.incrementAndGet()));
    try {
      Files.createDirectory(folder);
      Path file = Files.copy(template, folder.resolve(FileCustody.DATABASE));
      Database database = readOnly ? ReadOnlyFile.open(file) : SqliteScratch.open(file);
      return new Clone(database, new InFolder(folder, file));
    } catch (IOException failure) {
      throw SqliteScratch.unusable("made", failure);
    }
  }

  /** One of the copies in this process's folder. */
  private final class InFolder implements Custody {
    private final Path folder;
    private final Path file;

    private InFolder(Path folder, Path file) {
      this.folder = folder;
      this.file = file;
    }

    @Override
    public void delete() {
      try {
        ScratchFolder.delete(folder);
      } catch (IOException failure) {
        throw SqliteScratch.unusable("deleted", failure);
      }
    }

    @Override
    public KeptDatabase keep() {
      kept = true;
      return place.keep(file);
    }

    @Override
    public void release() {
      // It stays as it is.
    }
  }

  /** The template stays for the next run. */
  @Override
  public void close() {
    if (kept) {
      place.release();
    } else {
      place.delete();
    }
  }
}
