package dev.outgrow.examples.media;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/** The users, what they may see, who is told about it and how all is set. */
final class Household {
  /** The seconds of the epoch at which the server was set up: 2019-06-01. */
  static final long SET_UP = 1_559_347_200L;

  /** The libraries, by their kind and name; their order on the page is their order here. */
  static final List<String[]> LIBRARIES =
      List.of(
          new String[] {"movie", "Movies"},
          new String[] {"show", "TV Shows"},
          new String[] {"artist", "Música"},
          new String[] {"show", "アニメ"},
          new String[] {"movie", "Documentaries & other"},
          new String[] {"movie", "Kids' corner"});

  private static final int USERS = 62;
  private static final List<String> NAMES =
      List.of(
          "Zoë", "Łukasz", "José", "Ólafur", "Мария", "Νίκος", "太郎", "민준", "אורי", "ليلى",
          "İbrahim", "Anaïs", "Jürgen", "Chloé", "Tom 🎧", "O'Brien");

  /** The shares in which users watch: a few very much, most a little. */
  private final Weights habits = Weights.of(USERS, i -> 1.0 / (3 + i));

  private Household() {}

  static Household write(Connection sqlite) throws SQLException {
    Random random = new Random(20_250_101);
    users(sqlite, random);
    libraries(sqlite, random);
    notifiers(sqlite);
    settings(sqlite);
    return new Household();
  }

  int user(Random random) {
    return 1 + habits.pick(random);
  }

  /** Deletes two users, the newest among them, and leaves what refers to them behind. */
  void forgetTheDeparted(Connection sqlite) throws SQLException {
    try (Statement statement = sqlite.createStatement()) {
      statement.executeUpdate("DELETE FROM users WHERE id IN (41, " + USERS + ")");
    }
  }

  private static void users(Connection sqlite, Random random) throws SQLException {
    try (Inserts users = new Inserts(sqlite, "users", 8)) {
      for (int id = 1; id <= USERS; id++) {
        String name = NAMES.get(id % NAMES.size());
        users.add(
            id,
            "user" + id,
            id % 9 == 0 ? null : id % 11 == 0 ? "" : name + " " + id,
            id % 4 == 0 ? null : "user" + id + "@example.org",
            id == 1 ? 1 : 0,
            id % 13 == 0 ? 0 : 1,
            SET_UP + id * 2_000_000L + random.nextInt(1_000_000),
            id % 10 == 0 ? null : 1_760_000_000L + random.nextInt(5_000_000));
      }
      users.finish();
    }
  }

  private static void libraries(Connection sqlite, Random random) throws SQLException {
    try (Inserts libraries = new Inserts(sqlite, "libraries", 5);
        Inserts access = new Inserts(sqlite, "library_access", 3)) {
      for (int id = 1; id <= LIBRARIES.size(); id++) {
        String[] library = LIBRARIES.get(id - 1);
        libraries.add(id, library[1], library[0], id, id % 2 == 0 ? null : "agents." + library[0]);
        for (int user = 1; user <= USERS; user++) {
          if (user != 41 && user != USERS && random.nextInt(3) > 0) {
            access.add(user, id, random.nextBoolean() ? null : SET_UP + user * 2_500_000L);
          }
        }
      }
      libraries.finish();
      access.finish();
    }
  }

  private static void notifiers(Connection sqlite) throws SQLException {
    try (Inserts notifiers = new Inserts(sqlite, "notifiers", 7)) {
      notifiers.add(
          1, "email", "Mail to Zoë", "{user} ▶ {title}", 1, 0, "{\"to\": \"zoe@example.org\"}");
      notifiers.add(2, "webhook", null, "{\"title\": \"{title}\"}", 1, 1, "{\"retries\": 3}");
      notifiers.add(3, "script", "", "{title}\n\t{user}", 0, 1, null);
      notifiers.finish();
    }
  }

  private static void settings(Connection sqlite) throws SQLException {
    try (Inserts settings = new Inserts(sqlite, "Settings", 3)) {
      settings.add("General", "Server Name", "Wohnzimmer 📺");
      settings.add("General", "Port", "8181");
      settings.add("General", "Time Zone", "Asia/Kolkata");
      settings.add("Monitoring", "interval", "60");
      settings.add("Monitoring", "grace period", "");
      settings.add("Newsletter", "intro", null);
      settings.finish();
    }
  }
}
