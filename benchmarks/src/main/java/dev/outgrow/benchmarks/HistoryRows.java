package dev.outgrow.benchmarks;

import dev.outgrow.database.Database;
import dev.outgrow.query.Jooq;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.jooq.DSLContext;

/**
 * Fills a migrated media history on PostgreSQL with a year of sessions: 60 users of whom few watch
 * much, 10,000 items of which few are played much, two of three sessions in the evening. Equal
 * numbers of sessions give equal rows.
 */
final class HistoryRows {
  private static final int USERS = 60;
  private static final int ITEMS = 10_000;
  private static final int BATCH = 10_000;
  private static final List<String> TABLES =
      List.of("users", "logins", "libraries", "items", "sessions", "stream_details");

  private HistoryRows() {}

  static void fill(Database database, int sessions) {
    database.inTransaction(
        tx -> {
          DSLContext sql = Jooq.on(tx);
          parents(sql);
          // 2025 in UTC, in the order of time, as sessions are written; hash is any fixed mixture.
          sql.execute(
              """
              insert into sessions (user_id, item_id, started, stopped, paused_seconds, platform,
                                    player, percent_complete)
              select 1 + floor(power(h1, 3) * ?), 1001 + floor(power(h2, 2) * (? - 1000)), at,
                     case when i % 700 > 0 then at + 600 + floor(h3 * 5400) end,
                     case when i % 4 = 0 then i % 300 else 0 end,
                     (array['Android','Chrome','iOS','tvOS','Roku','webOS','Firefox','Xbox'])[1 + floor(h2 * h3 * 8)],
                     'Player ' || i % 40, 100 * h3
                from (select i, 1735689600 + i * 31535999 / ? as at,
                             (hashint8extended(i, 1) & 1048575) / 1048576.0 as h1,
                             (hashint8extended(i, 2) & 1048575) / 1048576.0 as h2,
                             (hashint8extended(i, 3) & 1048575) / 1048576.0 as h3
                        from generate_series(1, ?) as g (i)) as drawn
              """,
              USERS, ITEMS, (long) sessions, (long) sessions);
          sql.execute(
              """
              insert into stream_details (session_id, container, "videoDecision", bitrate)
              select id, 'mkv', (array['direct play','copy','transcode'])[1 + id % 3], '4000'
                from sessions where id % 33 > 0
              """);
        });
    Jooq.on(database).execute("vacuum analyze");
  }

  /** Copies the rows, logins too, into a history on SQLite that is migrated. */
  static void copy(Database from, Database to) {
    from.read(
        source -> {
          to.inTransaction(
              target -> {
                Jooq.on(target).execute("delete from users"); // the first administrator comes along
                for (String table : TABLES) {
                  copy(source.connection(), target.connection(), table);
                }
              });
          return true;
        });
    Jooq.on(to).execute("analyze");
  }

  private static void copy(Connection from, Connection to, String table) throws SQLException {
    try (Statement statement = from.createStatement()) {
      statement.setFetchSize(BATCH);
      try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
        int columns = rows.getMetaData().getColumnCount();
        String marks = String.join(", ", Collections.nCopies(columns, "?"));
        try (PreparedStatement insert =
            to.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
          for (int row = 1; rows.next(); row++) {
            for (int i = 1; i <= columns; i++) {
              insert.setObject(i, rows.getObject(i));
            }
            insert.addBatch();
            if (row % BATCH == 0) {
              insert.executeBatch();
            }
          }
          insert.executeBatch();
        }
      }
    }
  }

  private static void parents(DSLContext sql) {
    sql.execute(
        "insert into users (username, friendly_name, added_at)"
            + " select 'user' || i, 'User ' || i, 1735689600 from generate_series(1, ?) as g (i)",
        USERS);
    sql.execute(
        "insert into libraries (name, section_type, \"order\")"
            + " select 'Library ' || i, 'show', i from generate_series(1, 6) as g (i)");
    // Shows, their seasons, and what can be played.
    sql.execute(
        "insert into items (id, library_id, parent_id, guid, media_type, title, added_at)"
            + " select i, 1 + i % 6, case when i > 200 then 1 + i % case when i > 1000 then 1000 else 200 end end,"
            + " 'guid' || i, case when i > 1000 then 'episode' when i > 200 then 'season' else 'show' end,"
            + " 'Title ' || i, 1735689600 from generate_series(1, ?) as g (i)",
        ITEMS);
  }
}
