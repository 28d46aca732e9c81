package dev.outgrow.exporter;

import dev.outgrow.importer.fixture.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Gives each test an empty PostgreSQL database and a folder. */
abstract class ExportFixture {
  @TempDir protected Path folder;
  protected TestDatabase server;

  @BeforeEach
  void createDatabase() {
    server = TestDatabase.start();
  }

  @AfterEach
  void dropDatabase() {
    server.close();
  }
}
