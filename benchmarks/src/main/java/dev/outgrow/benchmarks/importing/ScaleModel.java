package dev.outgrow.benchmarks.importing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long an import of NARROW takes by what each resource can do, from 10⁶ to 10¹⁰ rows. Within a
 * phase everything goes on at once, so that the resource that needs longest makes its time; the
 * phases come one after the other. What the figures stand on is in {@code docs/scale.md}.
 */
public final class ScaleModel {
  /** Bytes of a row: in COPY's format, in the table, in the WAL of the table, in the index. */
  private static final double WIRE = 80;

  private static final double STORED = 90;
  private static final double LOGGED = 70;
  private static final double INDEXED = 22;

  /** Bytes of a key while it is sorted. */
  private static final double SORTED = 24;

  /** Microseconds of one core for each row: measured, see the paper. */
  private static final double CLIENT_SURVEY = 0.2;

  private static final double CLIENT_LOAD = 0.6;

  private static final double CLIENT_VERIFY = 0.4;
  private static final double SERVER_LOAD = 1.2;
  private static final double SERVER_VERIFY = 0.6;
  private static final double SERVER_INDEX = 0.25;
  private static final double SERVER_MERGE = 0.15;

  /** What an import of no rows takes. */
  static final double START_SECONDS = 0.6;

  private static final double ROUND_TRIPS = 60;
  private static final double SORT_MEMORY = 64e6;
  private static final double MERGE_ORDER = 250;
  private static final double WINDOW = 4e6;

  /**
   * Bytes of WAL after which there has been a checkpoint, with the default {@code max_wal_size}.
   */
  private static final double CHECKPOINT = 5e8;

  private ScaleModel() {}

  /**
   * Where it happens.
   *
   * @param name what it is called
   * @param apart whether client and server have processors of their own
   * @param cores processors of each
   * @param disk bytes the server's disk writes in a second
   * @param cache bytes of a table that the server keeps in memory
   * @param network bytes a second, in each direction
   * @param latency seconds of a round trip
   */
  record Site(
      String name,
      boolean apart,
      int cores,
      double disk,
      double cache,
      double network,
      double latency) {}

  /** The sites of the paper. */
  static final List<Site> SITES =
      List.of(
          new Site("one machine, 2 cores", false, 2, 500e6, 12e9, 2e9, 0),
          new Site("10 Gbit/s, 0.2 ms", true, 8, 1e9, 48e9, 1.1e9, 0.0002),
          new Site("1 Gbit/s, 0.5 ms", true, 8, 1e9, 48e9, 0.11e9, 0.0005),
          new Site("100 Mbit/s, 30 ms", true, 8, 1e9, 48e9, 0.011e9, 0.03));

  /**
   * What is foreseen.
   *
   * @param seconds the time of all
   * @param ends the resource that most of it is spent waiting for
   */
  record Forecast(double seconds, String ends) {}

  /** Foresees an import over one connection, or as many as the plan were to use. */
  static Forecast of(Site site, double rows, int streams) {
    Map<String, Double> waits = new TreeMap<>();
    double total = START_SECONDS + ROUND_TRIPS * site.latency();
    total += wait(waits, Map.of("client: one core", rows * CLIENT_SURVEY / 1e6));
    total += wait(waits, load(site, rows, streams));
    total += wait(waits, index(site, rows));
    total += wait(waits, verify(site, rows, streams));
    String ends =
        waits.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return new Forecast(total, ends);
  }

  private static Map<String, Double> load(Site site, double rows, int streams) {
    Map<String, Double> needs = moving(site, rows, streams, CLIENT_LOAD, SERVER_LOAD);
    needs.put("disk", rows * (STORED + LOGGED) / site.disk());
    return needs;
  }

  private static Map<String, Double> index(Site site, double rows) {
    int passes = mergePasses(rows);
    double read = rows * STORED > site.cache() ? rows * STORED : 0;
    double written = rows * (2 * INDEXED + 2 * passes * SORTED);
    return new TreeMap<>(
        Map.of(
            "server: one core",
            rows * (SERVER_INDEX + SERVER_MERGE * passes) / 1e6,
            "disk",
            (read + written) / site.disk()));
  }

  private static Map<String, Double> verify(Site site, double rows, int streams) {
    Map<String, Double> needs = moving(site, rows, streams, CLIENT_VERIFY, SERVER_VERIFY);
    double read = rows * STORED > site.cache() ? rows * STORED : 0;
    needs.put("disk", (read + rows * touched(rows)) / site.disk());
    return needs;
  }

  /**
   * Returns the bytes that are written for each row because it is read: whoever reads it first
   * notes that it is committed, and with checksums a page that is touched after a checkpoint goes
   * into the WAL as a whole, and to its place again.
   */
  private static double touched(double rows) {
    return isCheckpointed(rows) ? 2 * STORED : 0;
  }

  private static boolean isCheckpointed(double rows) {
    return rows * (LOGGED + INDEXED) > CHECKPOINT;
  }

  /** Returns the bytes of WAL that an import writes. */
  static double wal(double rows) {
    return rows * (LOGGED + INDEXED + (isCheckpointed(rows) ? STORED : 0));
  }

  /** Returns the processor's seconds of the client, without the start of its JVM. */
  static double clientSeconds(double rows) {
    return rows * (CLIENT_SURVEY + CLIENT_LOAD + CLIENT_VERIFY) / 1e6;
  }

  /** Returns the processor's seconds of the server. */
  static double serverSeconds(double rows) {
    double index = SERVER_INDEX + SERVER_MERGE * mergePasses(rows);
    return rows * (SERVER_LOAD + SERVER_VERIFY + index) / 1e6;
  }

  /** Rows go from one side to the other, over as many connections as there are. */
  private static Map<String, Double> moving(
      Site site, double rows, int streams, double client, double server) {
    int used = Math.min(streams, site.cores());
    Map<String, Double> needs = new TreeMap<>();
    needs.put("client: its cores", rows * client / used / 1e6);
    needs.put("server: its sessions", rows * server / used / 1e6);
    if (!site.apart()) {
      needs.put("both: the cores", rows * (client + server) / site.cores() / 1e6);
    }
    needs.put("network", rows * WIRE / site.network());
    needs.put("network: its windows", rows * WIRE * site.latency() / (WINDOW * streams));
    return needs;
  }

  /** How often sorted runs of keys are read and written again: not at all where they fit. */
  static int mergePasses(double rows) {
    double runs = rows * SORTED / SORT_MEMORY;
    return runs <= 1 ? 0 : (int) Math.ceil(Math.log(runs) / Math.log(MERGE_ORDER));
  }

  private static double wait(Map<String, Double> waits, Map<String, Double> needs) {
    Map.Entry<String, Double> longest =
        needs.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    waits.merge(longest.getKey(), longest.getValue(), Double::sum);
    return longest.getValue();
  }

  /** Returns the table of the paper. */
  static String table() {
    StringBuilder text = new StringBuilder();
    text.append("| where | rows | one connection | ends first | four connections | ends first |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Site site : SITES) {
      for (int power = 6; power <= 10; power++) {
        Forecast one = of(site, Math.pow(10, power), 1);
        Forecast four = of(site, Math.pow(10, power), 4);
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | 10^%d | %s | %s | %s | %s |%n",
                site.name(),
                power,
                time(one.seconds()),
                one.ends(),
                time(four.seconds()),
                four.ends()));
      }
    }
    return text.toString();
  }

  private static String time(double seconds) {
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return seconds < 7200
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    System.out.print(table());
  }
}
