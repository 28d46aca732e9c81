package dev.outgrow.query.guide;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.outgrow.database.Database;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.Moment;
import dev.outgrow.query.Steps;
import dev.outgrow.query.lateral.Beside;
import dev.outgrow.query.lateral.Children;
import dev.outgrow.query.lateral.Latest;
import dev.outgrow.query.series.Profile;
import dev.outgrow.query.series.Ranking;
import dev.outgrow.query.series.Running;
import dev.outgrow.query.series.Series;
import dev.outgrow.query.series.TopN;
import dev.outgrow.query.time.Times;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;

/** The code that docs/query.md shows. */
final class Guide {
  private static final Table<Record> USERS = table(name("users"));
  private static final Field<Integer> USER = field(name("users", "id"), Integer.class);
  private static final Field<String> USER_NAME = field(name("users", "name"), String.class);
  private static final Table<Record> SESSIONS = table(name("sessions"));
  private static final Field<Integer> ID = field(name("sessions", "id"), Integer.class);
  private static final Field<Integer> USER_ID = field(name("sessions", "user_id"), Integer.class);
  private static final Field<Long> STARTED = field(name("sessions", "started"), Long.class);
  private static final Field<String> PLATFORM = field(name("sessions", "platform"), String.class);

  private Guide() {}

  // begin jooq
  static List<String> names(Database db) {
    return db.read(tx -> Jooq.on(tx).select(USER_NAME).from(USERS).fetch(USER_NAME));
  }

  // end jooq

  // begin time
  static int playsOn(Database db, LocalDate date, ZoneId zone) {
    Moment started = Moment.ofEpochSeconds(STARTED);
    return db.read(tx -> Jooq.on(tx).fetchCount(SESSIONS, Times.on(started, date, zone)));
  }

  // end time

  // begin series
  static Result<Record> playsPerDay(Database db, LocalDate from, LocalDate to, ZoneId zone) {
    Field<Integer> plays = count().as("plays");
    Series days =
        Series.of(SESSIONS)
            .at(Moment.ofEpochSeconds(STARTED), Steps.days(from, to, zone))
            .splitBy(PLATFORM, TopN.of(2, plays));
    return db.read(
        tx ->
            Jooq.on(tx)
                .fetch(
                    days.select(
                        plays, Running.total("so_far", plays), Running.average("week", plays, 7))));
  }

  // end series

  // begin profile
  static Result<Record> whenPeoplePlay(Database db, ZoneId zone) {
    Field<Integer> plays = count().as("plays");
    return db.read(
        tx ->
            Jooq.on(tx)
                .fetch(
                    Profile.of(SESSIONS)
                        .at(Moment.ofEpochSeconds(STARTED), zone)
                        .weekHours()
                        .select(plays)));
  }

  static Result<Record> platforms(Database db) {
    Field<Integer> plays = count().as("plays");
    return db.read(
        tx ->
            Jooq.on(tx).fetch(Ranking.of(SESSIONS).by(PLATFORM, TopN.of(2, plays)).select(plays)));
  }

  // end profile

  // begin lateral
  static Result<? extends Record> users(Database db) {
    Field<Integer> plays = count().as("plays");
    Children sessions = Children.of(SESSIONS).by(USER_ID, USER);
    Beside totals = sessions.totals("totals", plays);
    Beside latest = sessions.latest("latest", STARTED.desc(), ID.desc());
    return db.read(
        tx ->
            Jooq.on(tx)
                .select(USER_NAME, totals.get(plays), latest.get(PLATFORM))
                .from(latest.besideEach(totals.besideEach(USERS)))
                .orderBy(totals.get(plays).desc(), USER)
                .fetch());
  }

  static Result<Record> latestOfEachUser(Database db) {
    Latest latest = Latest.of(SESSIONS).per(USER_ID).by(STARTED.desc(), ID.desc());
    return db.read(tx -> Jooq.on(tx).fetch(latest.select(USER_ID, PLATFORM)));
  }
  // end lateral
}
