package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseChoice;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.examples.application.MediaApplication;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.examples.media.MediaHistory;
import dev.outgrow.examples.wizard.WizardSettings;
import dev.outgrow.migration.StartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the media-history application until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the media-history application: statistics, history, users and graphs as web pages, /health and /metrics."
          + " On SQLite or on PostgreSQL, as the database says.",
      "Under /move its wizard carries a SQLite file to PostgreSQL, and the application after it.",
      "An empty database is migrated; the first administrator's password is shown once. It listens before the"
          + " database is there, and waits for it. Ctrl-C ends it."
    },
    exitCodeList = {"0:it was ended", "1:the database cannot be used", "2:nobody may listen there"},
    footer = {
      "  outgrow serve --demo",
      "  outgrow serve",
      "  outgrow serve --to postgresql://media@db/media --host 0.0.0.0 --port 80"
    })
final class ServeCommand implements Callable<Integer> {
  private static final String APPLICATION = "media-history";

  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--to",
      paramLabel = "URL",
      description =
          "The database: postgresql://user@host:5432/database or sqlite:///path. Without it: the environment"
              + " variable DATABASE_URL, which keeps the password out of the list of processes; and without that a"
              + " SQLite file in the user's folder for data.")
  private @Nullable String url;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on. Without it: ${DEFAULT-VALUE}, which this machine alone reaches.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8181",
      description = "The port; 0 for one that is free. Without it: ${DEFAULT-VALUE}.")
  private int port = 8181;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = Words.TimeConverter.class,
      description =
          "How long to wait for a database that starts later, such as 30s or 5m. Without it: ${DEFAULT-VALUE}.")
  private Duration patience = Duration.ofMinutes(5);

  @Option(
      names = "--migrate",
      description = "Migrate a database that is behind, too. Without it: only an empty one.")
  private boolean migrate;

  @Option(
      names = "--demo",
      description =
          "Try it: the application, a year of media history in a file to carry, and an embedded PostgreSQL to carry it"
              + " to. All of it is gone when the command ends.")
  private boolean demo;

  @Option(
      names = "--proxy",
      paramLabel = "ADDRESS",
      split = ",",
      description =
          "The address of a proxy before it, such as 127.0.0.1. It is believed when it says with X-Forwarded-Proto"
              + " that a browser came by https, and with X-Forwarded-For from where. Without it: nobody is.")
  private List<String> proxies = List.of();

  @Mixin private WizardOptions wizard = new WizardOptions();

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (demo && (url != null || wizard.isTold())) {
      throw new ParameterException(
          spec.commandLine(), "--demo brings its own: it excludes --to, --files and --move-to");
    }
    WizardSettings settings = wizard.settings(); // what is wrong with them is said at once
    try (Ending ending = Ending.ofProcess()) {
      if (!demo) {
        return serve(choice(url), settings, ending);
      }
      TryOut tryOut = TryOut.prepare(console, MediaHistory.SESSIONS, ending);
      return serve(choice(tryOut.application().toString()), tryOut.settings(settings), ending);
    }
  }

  private DatabaseChoice choice(@Nullable String named) {
    return DatabaseChoice.forApplication(APPLICATION)
        .url(named)
        .environment(new SecretFiles(console.environment()).environment())
        .choose();
  }

  private int serve(DatabaseChoice choice, WizardSettings settings, Ending ending)
      throws InterruptedException {
    WizardSettings told = choice.url().file().map(settings::withFile).orElse(settings);
    MediaApplication application =
        ending.closes(MediaApplication.listen(host, port, proxies, told));
    console.say("Waiting for the database at " + choice + ".");
    open(application, config(choice).minimumPoolSize(1).build());
    console.out().println("The media history is at " + application.url());
    console.out().flush();
    awaitEnd();
    return ExitCode.VERIFIED.number();
  }

  private DatabaseConfig.Builder config(DatabaseChoice choice) {
    SecretFiles secrets = new SecretFiles(console.environment());
    Optional<DatabaseUrl> moved = wizard.moved(choice, console);
    DatabaseUrl said = choice.url();
    DatabaseUrl complete =
        moved.orElseGet(() -> url == null && !demo ? secrets.withPassword(said) : said);
    return complete.equals(said)
        ? DatabaseConfig.builder(choice)
        : DatabaseConfig.builder(complete);
  }

  private void open(MediaApplication application, DatabaseConfig config) {
    LoginDisplay login = new LoginDisplay(console, false);
    StartPolicy policy = migrate ? StartPolicy.MIGRATE : StartPolicy.INITIALISE_EMPTY;
    login.during(
        () -> {
          application.open(
              config, patience, (Database database) -> MediaChains.of(database, login), policy);
          return application;
        });
  }

  /** The signal ends the JVM; until then other threads answer. */
  private static void awaitEnd() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
