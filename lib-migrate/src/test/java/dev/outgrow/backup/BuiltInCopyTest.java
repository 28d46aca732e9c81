package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.error.StatementException;
import dev.outgrow.importer.fixture.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server, which is newer than Debian's programs, and the copy that needs none. */
class BuiltInCopyTest {
  @TempDir private Path folder;
  private TestDatabase database;

  @BeforeEach
  void fill() throws Exception {
    database = TestDatabase.start();
    database.execute(SampleSchema.statements());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Backups backups(Database of) {
    return Backups.of(of).into(folder.resolve("backups")).builtInCopy(BuiltInCopy.ALWAYS);
  }

  @Test
  void aProgramThatIsMissingOrTooOldIsNamedWithItsPackage() throws Exception {
    Path none = Files.createDirectory(folder.resolve("none"));
    Backups without = Backups.of(database.database()).into(folder.resolve("b")).tools(none);
    assertThatThrownBy(without::create)
        .isInstanceOf(MissingToolException.class)
        .hasMessageContaining("There is no pg_dump in " + none)
        .hasMessageContaining("apt install postgresql-client-18");
    Path old = Files.createDirectory(folder.resolve("old"));
    Path program =
        Files.writeString(
            old.resolve("pg_dump"), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.14 (Debian)'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> without.tools(old).create())
        .isInstanceOfSatisfying(
            MissingToolException.class,
            missing -> assertThat(missing.debianPackage()).isEqualTo("postgresql-client-18"))
        .hasMessageContaining("is of version 15")
        .hasMessageContaining("PostgreSQL 18 takes one that is not older");
    assertThat(without.tools(old).builtInCopy(BuiltInCopy.ALLOWED).create().manifest().format())
        .isEqualTo(BackupFormat.COPY);
  }

  @Test
  void aCopyIsMadeProvenDamagedAndRestored() throws Exception {
    List<String> before = SampleSchema.contents(database.database());
    Backup backup = backups(database.database()).create();

    assertThat(backups(database.database()).verify(backup.file()).rows())
        .isEqualTo(backup.manifest().rows())
        .isEqualTo(3 + 3000 + 20 + 3);
    database.execute("DELETE FROM play", "DROP VIEW plays", "CREATE TABLE later(a int)");
    String name = database.database().url().database();
    RestoreReport report = backups(database.database()).restore(backup.file(), name);

    assertThat(report.kept()).hasSize(2);
    assertThat(SampleSchema.contents(database.database())).isEqualTo(before);
    database.execute("INSERT INTO play(person, at) VALUES (1, now())");
    try (TestDatabase other = TestDatabase.start()) {
      backups(other.database()).restore(backup.file());
      assertThat(SampleSchema.contents(other.database())).isEqualTo(before);
    }
  }

  @Test
  void whatItCannotCarryIsNamed() throws Exception {
    database.execute("CREATE TYPE span AS RANGE (subtype = int)", "SELECT lo_create(0)");
    assertThatThrownBy(() -> backups(database.database()).create())
        .isInstanceOf(StatementException.class)
        .hasMessageContaining("large objects, type span")
        .hasMessageContaining("postgresql-client-18");
  }

  @Test
  void aDamagedCopyIsRefusedEvenIfItsManifestAgrees() throws Exception {
    Backup backup = backups(database.database()).create();
    byte[] whole = Files.readAllBytes(backup.file());
    Path note = BackupFolder.manifestOf(backup.file());
    String json = Files.readString(note);
    for (int at : new int[] {whole.length / 4, whole.length / 2, whole.length - 30}) {
      byte[] altered = whole.clone();
      altered[at] ^= 64;
      Files.write(backup.file(), altered);
      Files.writeString(
          note,
          json.replace(
              backup.manifest().sha256(),
              java.util.HexFormat.of().formatHex(FileHash.sha256().digest(altered))));
      assertThatThrownBy(() -> backups(database.database()).verify(backup.file()))
          .isInstanceOf(dev.outgrow.error.OutgrowException.class);
    }
  }
}
