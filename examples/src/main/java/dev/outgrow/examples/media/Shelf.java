package dev.outgrow.examples.media;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The items: films, and shows or artists with their seasons or albums and what is in them. */
final class Shelf {
  /** Something that can be played. */
  record Playable(int id, int seconds, boolean isAudio) {}

  private static final int COLUMNS = 12;
  private static final Weights LIBRARY = Weights.of(30, 25, 15, 15, 10, 5);

  private final Random random = new Random(20_250_202);
  private final Titles titles = new Titles(random);
  private final List<Playable> playable = new ArrayList<>();
  private final Inserts items;
  private final int count;
  private Weights popularity = Weights.of(1);
  private int lastId;

  private Shelf(Inserts items, int count) {
    this.items = items;
    this.count = count;
  }

  /** Writes about this many items: the last show may go on a little longer. */
  static Shelf write(Connection sqlite, int count) throws SQLException {
    try (Inserts items = new Inserts(sqlite, "items", COLUMNS)) {
      Shelf shelf = new Shelf(items, count);
      shelf.fill();
      items.finish();
      return shelf;
    }
  }

  Playable item(Random chooser) {
    return playable.get(popularity.pick(chooser));
  }

  /** Deletes a few items that were played, and leaves their sessions behind. */
  void forgetTheWithdrawn(Connection sqlite) throws SQLException {
    try (Statement statement = sqlite.createStatement()) {
      for (int i = 40; i < playable.size(); i += 150) {
        statement.executeUpdate("DELETE FROM items WHERE id = " + playable.get(i).id());
      }
    }
  }

  private void fill() throws SQLException {
    while (lastId < count) {
      int library = LIBRARY.pick(random);
      switch (Household.LIBRARIES.get(library)[0]) {
        case "show" -> series(library + 1, "show", "season", "episode", 3_000);
        case "artist" -> series(library + 1, "artist", "album", "track", 300);
        default -> play(library + 1, null, "movie", 4_500 + random.nextInt(4_500));
      }
    }
    // Loved and forgotten items must not be the first and the last of the shelf.
    Collections.shuffle(playable, random);
    popularity = Weights.of(playable.size(), i -> 1.0 / (12 + i));
  }

  private void series(int library, String whole, String part, String piece, int seconds)
      throws SQLException {
    int parent = add(library, null, whole, titles.next(), null, true);
    int parts = 1 + random.nextInt(4);
    for (int i = 1; i <= parts; i++) {
      String title = part.equals("season") ? "Season " + i : titles.next();
      int child = add(library, parent, part, title, null, true);
      int pieces = 5 + random.nextInt(8);
      for (int j = 0; j < pieces; j++) {
        play(library, child, piece, seconds / 2 + random.nextInt(seconds));
      }
    }
  }

  private void play(int library, @Nullable Integer parent, String type, int seconds)
      throws SQLException {
    boolean audio = type.equals("track");
    int id = add(library, parent, type, titles.next(), seconds * 1_000L, parent == null);
    playable.add(new Playable(id, seconds, audio));
  }

  private int add(
      int library,
      @Nullable Integer parent,
      String type,
      String title,
      @Nullable Long millis,
      boolean pictured)
      throws SQLException {
    int id = ++lastId;
    items.add(
        id,
        library,
        parent,
        "outgrow://" + type + "/" + Long.toHexString(0x5DEECE66DL * id),
        type,
        title,
        random.nextInt(3) == 0 ? titles.next() + "…" : null,
        random.nextInt(12) == 0 ? null : 1950 + random.nextInt(76),
        millis,
        random.nextInt(6) == 0 ? null : (10 + random.nextInt(91)) / 10.0,
        pictured && random.nextInt(10) > 0 ? thumbnail() : null,
        Household.SET_UP + random.nextInt(170_000_000));
    return id;
  }

  /** Returns 1 to 20 KB that begin as a picture does and compress as badly. */
  private byte[] thumbnail() {
    byte[] bytes = new byte[1_024 + random.nextInt(19_457)];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0xFF;
    bytes[1] = (byte) 0xD8;
    return bytes;
  }
}
