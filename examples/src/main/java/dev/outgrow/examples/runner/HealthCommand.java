package dev.outgrow.examples.runner;

import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks an application that is served how it is. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description =
        "Asks the application that is served how it is. Prints its answer, which is JSON. For whoever watches it without"
            + " a program for HTTP, such as a container's health check.",
    exitCodeList = {"0:all is well", "1:it is not, or there is no answer"},
    footer = {"  outgrow health", "  outgrow health http://127.0.0.1:9000/health"})
final class HealthCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 64 * 1024;

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8181/health",
      description = "Where it answers. Without it: ${DEFAULT-VALUE}.")
  private String url = "";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = Words.TimeConverter.class,
      description = "How long to wait, such as 500ms or 5s. Without it: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = "--json",
      description = "The answer is JSON either way; this makes a failure JSON, too.")
  private boolean json;

  HealthCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    HttpRequest request = request();
    HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      return answered(answer).number();
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new Failures(console, json)
          .refused(
              "unavailable",
              "Nobody answers at " + request.uri() + ": " + why + ".",
              "Is it being served there?")
          .number();
    }
  }

  private HttpRequest request() {
    try {
      return HttpRequest.newBuilder(URI.create(url)).timeout(timeout).build();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("URL", url, "one that begins with http:// or https://", e);
    }
  }

  /** Whoever answers there may be another program. */
  private ExitCode answered(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      String text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      console.out().println(Console.printable(text.strip()));
    }
    return answer.statusCode() == HttpURLConnection.HTTP_OK ? ExitCode.VERIFIED : ExitCode.FAILED;
  }
}
