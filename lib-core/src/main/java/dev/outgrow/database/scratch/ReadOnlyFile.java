package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A SQLite file whose connections all refuse to write. */
final class ReadOnlyFile {
  private ReadOnlyFile() {}

  static Database open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return Database.on(source);
  }
}
