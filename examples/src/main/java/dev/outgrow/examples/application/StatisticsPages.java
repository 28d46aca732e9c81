package dev.outgrow.examples.application;

import dev.outgrow.database.Database;
import dev.outgrow.examples.application.Route.Access;
import dev.outgrow.examples.pages.Pages;
import dev.outgrow.examples.pages.Texts;
import dev.outgrow.examples.statistics.HistoryTable;
import dev.outgrow.examples.statistics.Overview;
import dev.outgrow.examples.statistics.Period;
import dev.outgrow.examples.statistics.Statistics;
import dev.outgrow.query.Jooq;
import dev.outgrow.query.table.ServerTable;
import dev.outgrow.query.table.TableRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The pages that show the history. Each is one snapshot of the database, but for the home page. */
final class StatisticsPages {
  private static final List<String> KINDS = List.of("episode", "movie", "track");

  private final Readiness readiness;
  private final Pages pages;
  private final InstantSource clock;
  private final ServerTable history = HistoryTable.table();

  private final Executor beside;
  private final SumKeeper sums;

  StatisticsPages(
      Readiness readiness, Pages pages, InstantSource clock, Executor beside, SumKeeper sums) {
    this.readiness = readiness;
    this.beside = beside;
    this.sums = sums;
    this.pages = pages;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        page("/", this::home),
        page("/graphs", this::graphs),
        page("/users", this::users),
        page("/history", this::history),
        page("/history/rows", this::rows));
  }

  private static Route page(String path, Action action) {
    return new Route("GET", path, Access.ADMINISTRATORS, action);
  }

  /** Two snapshots, asked beside each other, since each takes about as long as the other. */
  private Reply home(Visit visit) {
    Database database = readiness.ready().database();
    Period period = ask(statistics -> period(statistics, visit));
    CompletableFuture<Overview.Half> half =
        CompletableFuture.supplyAsync(() -> ask(database, each -> each.half(period)), beside);
    Overview overview = ask(database, each -> each.overview(period, () -> joined(half)));
    return Reply.html(200, pages.home(visit.frame("Home"), period, overview));
  }

  /** Throws what it failed with, as if it had been asked here. */
  private static Overview.Half joined(CompletableFuture<Overview.Half> half) {
    try {
      return half.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private Reply graphs(Visit visit) {
    return page(
        statistics -> {
          Period period = period(statistics, visit);
          return pages.graphs(visit.frame("Graphs"), period, statistics.graphs(period));
        });
  }

  private Reply users(Visit visit) {
    return page(
        statistics -> {
          Period period = period(statistics, visit);
          return pages.users(visit.frame("Users"), period, statistics.users(period));
        });
  }

  private Reply history(Visit visit) {
    return page(
        statistics -> pages.history(visit.frame("History"), Texts.zone(statistics.zone()), KINDS));
  }

  private Reply rows(Visit visit) {
    TableRequest request = TableRequest.parse(visit.queries());
    return Reply.json(
        200, readiness.ready().database().read(tx -> history.fetch(Jooq.on(tx), request).toJson()));
  }

  /** A page that is asked for another length shows the usual one: it says what it shows. */
  private Period period(Statistics statistics, Visit visit) {
    int days =
        Period.LENGTHS.stream()
            .filter(length -> visit.query("days").equals(length.toString()))
            .findFirst()
            .orElse(Period.USUAL);
    return statistics.period(days, clock.instant());
  }

  private <T> T ask(Function<Statistics, T> question) {
    Database database = readiness.ready().database();
    sums.look(database);
    return ask(database, question);
  }

  private static <T> T ask(Database database, Function<Statistics, T> question) {
    return database.read(tx -> question.apply(Statistics.of(Jooq.on(tx))));
  }

  private Reply page(Function<Statistics, String> question) {
    return Reply.html(200, ask(question));
  }
}
