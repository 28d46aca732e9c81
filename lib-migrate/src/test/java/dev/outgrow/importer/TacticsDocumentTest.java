package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.plan.Tactic;
import dev.outgrow.importer.plan.Tactics;
import dev.outgrow.importer.postgres.Streams;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The table of tactics is printed from the constants that decide; with {@code -Doutgrow.print=true}
 * into the guide itself.
 */
class TacticsDocumentTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("outgrow.root", ".."), "docs", "how-it-works.md");
  private static final String BEGIN = "<!-- printed by TacticsDocumentTest -->\n";
  private static final String END = "<!-- end -->\n";
  private static final String PLAN = "dev.outgrow.importer.plan.";
  private static final String POSTGRES = "dev.outgrow.importer.postgres.";
  private static final long MIB = 1 << 20;

  @Test
  void theGuideSaysWhatDecides() throws Exception {
    String guide = Files.readString(GUIDE);
    if (Boolean.getBoolean("outgrow.print")) {
      guide = replaced(guide);
      Files.writeString(GUIDE, guide);
    }
    assertThat(guide).isEqualTo(replaced(guide));
  }

  /** They are those that a plan says, in its order, and what switches them is there. */
  @Test
  void namesEachTacticAndItsSwitch() throws Exception {
    List<String> told =
        Tactics.of(
                new SchemaMapping(List.of(), List.of(), List.of(), List.of()),
                ImportTactics.DEFAULT.limits(Streams.DEFAULT),
                List.of())
            .told()
            .stream()
            .map(Tactic::name)
            .toList();

    assertThat(table().lines().skip(2).map(line -> line.split("`", -1)[1])).isEqualTo(told);
    assertThat(SqliteImport.class.getMethod("streams", int.class)).isNotNull();
    assertThat(ImportTactics.class.getMethod("sortMemory", long.class)).isNotNull();
    for (String option : List.of("lateDisk", "together", "plainBlobs")) {
      assertThat(ImportTactics.class.getMethod(option, boolean.class)).isNotNull();
      assertThat(table()).contains("`" + option + "(false)`");
    }
  }

  /** What is small for one who makes tables is so for one who makes their keys. */
  @Test
  void hasOneMeaningOfSmall() throws Exception {
    assertThat(constant(POSTGRES + "StepQueue", "SMALL"))
        .isEqualTo(constant(PLAN + "Tactics", "SMALL"));
    assertThat(constant(POSTGRES + "StepQueue", "TOGETHER"))
        .isEqualTo(constant("dev.outgrow.importer.Loading", "TOGETHER"));
  }

  private static String replaced(String guide) throws ReflectiveOperationException {
    int begin = guide.indexOf(BEGIN);
    int end = guide.indexOf(END, begin);
    assertThat(begin).isNotNegative();
    assertThat(end).isGreaterThan(begin);
    return guide.substring(0, begin + BEGIN.length()) + table() + guide.substring(end);
  }

  private static String table() throws ReflectiveOperationException {
    String sample = "dev.outgrow.importer.BlobSample";
    return String.format(
        Locale.ROOT,
        """
        | tactic | what is done | where | switched by |
        |---|---|---|---|
        | `streams` | one more connection for each %d MiB of a table, to load it and to read it back; indexes of tables from %,d rows on, their references and statistics over as many connections | where the pool has connections that nobody waits for | `streams(n)`, `--streams N` |
        | `disk` | what is staged is committed without waiting for the disk (`synchronous_commit`); the swap waits, and with it all that was committed before | everything before the swap; not for tables that are there | `lateDisk(false)`, `--without late_disk` |
        | `sort memory` | the server sorts keys in as much memory as those of the largest table need (%d bytes each), at most %d MiB, all connections together | where they need more than %d MiB, and the server's `maintenance_work_mem` is less than they need | `sortMemory(bytes)`, `--sort-memory MIB` |
        | `small tables` | up to %d statements go to the server at once, in one transaction | tables of at most %,d rows; where one statement is refused, each is done alone | `together(false)`, `--without together` |
        | `blobs` | stored as they are (`SET STORAGE EXTERNAL`) while they are loaded; how later ones are stored is put back | columns of bytes of which %d values in the first %d rows, %d KiB of each, would shrink by less than %d %% | `plainBlobs(false)`, `--without plain_blobs` |
        """,
        Streams.DEFAULT.bytesEach() / MIB,
        constant(POSTGRES + "StepQueue", "LARGE"),
        constant(PLAN + "SortMemory", "BYTES_A_KEY"),
        ImportTactics.DEFAULT.limits(Streams.DEFAULT).sortMemory() / MIB,
        constant(PLAN + "SortMemory", "ENOUGH") / MIB,
        constant(POSTGRES + "StepQueue", "TOGETHER"),
        constant(PLAN + "Tactics", "SMALL"),
        constant(sample, "VALUES"),
        constant(sample, "ROWS"),
        constant(sample, "PIECES") * constant(sample, "PIECE_BYTES") / 1024,
        constant(PLAN + "PlainBlobs", "WORTH"));
  }

  private static long constant(String type, String name) throws ReflectiveOperationException {
    Field field = Class.forName(type).getDeclaredField(name);
    field.setAccessible(true);
    return ((Number) field.get(null)).longValue();
  }
}
