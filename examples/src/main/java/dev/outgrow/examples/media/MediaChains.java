package dev.outgrow.examples.media;

import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainState;
import dev.outgrow.migration.Migrations;
import java.util.List;
import java.util.function.Consumer;

/**
 * The migrations of the media history: its core, and two plugins with chains of their own.
 *
 * <p>The core's first four versions make, on SQLite, what {@link MediaHistory} writes, and the
 * notifications' two the rest of it: a file of before there were migrations is adopted there. The
 * core's sixth sees to it that an administrator can log in.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class MediaChains {
  /** How the program is called in the commands that remedies name. */
  public static final String PROGRAM = "examples/outgrow";

  private static final String FOLDER = "db/media/";
  private static final List<String> CHAINS = List.of("core", "notifications", "newsletters");

  private MediaChains() {}

  /** Returns the migrations; a first administrator's password is printed on standard output. */
  public static Migrations of(Database database) {
    return of(
        database,
        login -> System.out.println("First login: " + login.username() + ", " + login.password()));
  }

  /**
   * Returns the migrations.
   *
   * @param tell gets what the first administrator logs in with, if the run makes it: once, before
   *     it is committed. Of a run that fails the login is void, and the next makes another
   */
  public static Migrations of(Database database, Consumer<FirstLogin> tell) {
    Migrations migrations = Migrations.of(database);
    for (Chain chain : chains(new FirstAdministrator(database, tell))) {
      migrations = migrations.chain(chain);
    }
    return migrations.program(PROGRAM);
  }

  /**
   * Makes the tables of all chains for rows that come next. In an empty database nobody is in them:
   * who may log in comes with the rows, and no first administrator is made.
   *
   * @param database where to
   * @param migrations its migrations
   */
  public static void makeTables(Database database, Migrations migrations) {
    Migrations making = migrations;
    if (isEmpty(migrations)) {
      making = Migrations.of(database);
      for (Chain chain : chains(FirstAdministrator.comesWithTheRows())) {
        making = making.chain(chain);
      }
      making = making.program(PROGRAM);
    }
    making.migrate();
  }

  private static boolean isEmpty(Migrations migrations) {
    return migrations.check().chains().stream().allMatch(c -> c.state() == ChainState.EMPTY);
  }

  /** Returns the chains for a file that rows are exported into: who may log in is among them. */
  public static Chain[] forAFile() {
    return chains(FirstAdministrator.comesWithTheRows()).toArray(Chain[]::new);
  }

  static List<Chain> chains(FirstAdministrator seed) {
    return List.of(core(seed), notifications(), newsletters());
  }

  /**
   * Returns the folder of a chain's scripts on the class path.
   *
   * @throws ConfigurationException if there is no such chain
   */
  public static String folder(String chain) {
    if (!CHAINS.contains(chain)) {
      throw new ConfigurationException("chain", chain, "one of " + String.join(", ", CHAINS));
    }
    return FOLDER + chain;
  }

  private static Chain core(FirstAdministrator seed) {
    return Chain.named("core")
        .location(folder("core"))
        .javaMigrations(seed)
        .owns("users", "libraries", "library_access", "items", "sessions", "stream_details")
        .owns("Settings", "logins")
        .owns("summed_days", "summed_quarters", "summed_users", "summed_items")
        .owns("summed_platforms", "summed_decisions", "summed_streams")
        .owns("summed_hours", "summed_hour_platforms", "summed_hour_decisions")
        .owns("summed_hour_streams")
        .build();
  }

  /** Needs no table of the core, but is of no use without sessions. */
  private static Chain notifications() {
    return Chain.named("notifications")
        .location(folder("notifications"))
        .owns("notifiers", "logs")
        .requires("core", "2")
        .build();
  }

  /** Refers to the core's users. */
  private static Chain newsletters() {
    return Chain.named("newsletters")
        .location(folder("newsletters"))
        .owns("newsletters", "newsletter_subscribers", "newsletter_issues")
        .requires("core", "1")
        .build();
  }
}
