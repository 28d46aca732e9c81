package dev.outgrow.importer.plan;

import dev.outgrow.importer.mapping.SchemaMapping;
import dev.outgrow.importer.mapping.TableMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an import goes about what can be done in several ways that all end in the same: chosen from
 * what is known of the file and of this machine, where no option says otherwise.
 *
 * <p><em>Immutable.</em>
 *
 * @param told what was chosen, for reading
 * @param sortMemory how many bytes the server sorts keys in; 0 leaves it as it is
 * @param lateDisk whether what is staged may be on the disk a moment after it is committed
 * @param together whether what is made for small tables is made many at a time
 * @param blobs the columns whose blobs are stored as they are
 * @since 0.1
 */
public record Tactics(
    List<Tactic> told,
    long sortMemory,
    boolean lateDisk,
    boolean together,
    List<PlainBlobs> blobs) {
  /** Nothing is chosen. */
  public static final Tactics NONE = new Tactics(List.of(), 0, false, false, List.of());

  /** Has a session commit without waiting for the disk. */
  public static final String LATE_DISK = "SET synchronous_commit = off";

  private static final long MIB = 1 << 20;
  private static final long SMALL = 10_000;

  /** Copies the lists. */
  public Tactics {
    told = List.copyOf(told);
    blobs = List.copyOf(blobs);
  }

  /**
   * What the options allow.
   *
   * @param streams over how many connections a large table goes
   * @param streamBytes how many bytes of a table make another connection worth it
   * @param sortMemory the most bytes the server may sort keys in; 0 leaves it to the server
   * @param plainBlobs whether blobs may be stored as they are
   * @param lateDisk whether what is staged may be on the disk a moment after it is committed
   * @param together whether what is made for small tables may be made many at a time
   */
  public record Limits(
      int streams,
      long streamBytes,
      long sortMemory,
      boolean plainBlobs,
      boolean lateDisk,
      boolean together) {}

  /**
   * Chooses.
   *
   * @param mapping what becomes of the file
   * @param limits what the options allow
   * @param blobs what was found of its blobs
   */
  public static Tactics of(SchemaMapping mapping, Limits limits, List<PlainBlobs> blobs) {
    long needed = SortMemory.needed(mapping);
    long chosen = SortMemory.chosen(needed, limits.sortMemory());
    List<Tactic> told = new ArrayList<>();
    told.add(streams(limits));
    told.add(disk(limits));
    told.add(sorting(needed, chosen, limits));
    told.add(small(mapping, limits));
    List<PlainBlobs> plain = blobs.stream().filter(PlainBlobs::isPlain).toList();
    told.add(storing(blobs, plain, limits));
    return new Tactics(told, chosen, limits.lateDisk(), limits.together(), plain);
  }

  /** Returns the statements that have a table's blobs stored as they are. */
  List<String> storing(TableMapping table, String staging) {
    return of(table).map(b -> b.storing(staging)).toList();
  }

  /** Returns the statements that put back how they are stored later. */
  List<String> puttingBack(TableMapping table, String staging) {
    return of(table).map(b -> b.puttingBack(staging)).toList();
  }

  private Stream<PlainBlobs> of(TableMapping table) {
    return blobs.stream().filter(b -> b.table().source().equals(table.source()));
  }

  private static Tactic storing(List<PlainBlobs> all, List<PlainBlobs> plain, Limits limits) {
    String compressed = "the server tries to compress each";
    if (!limits.plainBlobs()) {
      return new Tactic("blobs", compressed, "the option says so");
    }
    String why =
        all.stream()
            .filter(b -> b.values() > 0)
            .map(b -> b.name() + " would shrink by " + b.gain() + " % (" + b.values() + " values)")
            .collect(Collectors.joining(", "));
    String names = plain.stream().map(PlainBlobs::name).collect(Collectors.joining(", "));
    return new Tactic(
        "blobs",
        plain.isEmpty() ? compressed : names + " as they are; " + compressed + " that comes later",
        why.isEmpty() ? "the first rows have none of 2,000 bytes" : why);
  }

  private static Tactic disk(Limits limits) {
    return limits.lateDisk()
        ? new Tactic(
            "disk",
            "what is staged is committed without waiting for the disk; the swap waits for all of"
                + " it",
            "what a crash of the server takes can be staged again",
            List.of(LATE_DISK))
        : new Tactic("disk", "each commit waits for the disk", "the option says so");
  }

  private static Tactic streams(Limits limits) {
    int most = limits.streams();
    return most == 1
        ? new Tactic("streams", "one connection", "one processor here, or the option says so")
        : new Tactic(
            "streams",
            "up to "
                + most
                + " connections, one more for each "
                + mib(limits.streamBytes())
                + " of a table; indexes, references and statistics over as many",
            "the server works on each connection with one processor; the pool may give fewer");
  }

  private static Tactic sorting(long needed, long chosen, Limits limits) {
    if (limits.sortMemory() == 0) {
      return new Tactic("sort memory", "the server's own setting", "the option says so");
    }
    String need = "the keys of the largest table take about " + mib(needed);
    return chosen == 0
        ? new Tactic("sort memory", "the server's own setting", need)
        : new Tactic(
            "sort memory",
            mib(chosen) + " for keys and indexes, unless the server has more",
            need + (chosen < needed ? ", and the option allows no more" : ""),
            List.of(SortMemory.sql(chosen)));
  }

  private static Tactic small(SchemaMapping mapping, Limits limits) {
    if (!limits.together()) {
      return new Tactic("small tables", "one statement after the other", "the option says so");
    }
    long small = mapping.tables().stream().map(TableMapping::rows).filter(r -> r <= SMALL).count();
    return new Tactic(
        "small tables",
        "they and their keys are made many at a time",
        "tables of at most 10,000 rows: " + small + " of " + mapping.tables().size());
  }

  private static String mib(long bytes) {
    return bytes / MIB + " MiB";
  }
}
