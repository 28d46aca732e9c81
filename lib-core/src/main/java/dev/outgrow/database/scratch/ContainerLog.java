package dev.outgrow.database.scratch;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What a container printed last: mostly why it ended. */
final class ContainerLog extends ResultCallback.Adapter<Frame> {
  private static final int LINES = 5;
  private static final int SECONDS = 10;

  private final StringBuilder text = new StringBuilder();

  private ContainerLog() {}

  @Override
  public synchronized void onNext(Frame frame) {
    text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
  }

  /** Returns its last lines as one, or why they cannot be had. */
  static String lastWords(DockerClient client, String id) {
    ContainerLog log = new ContainerLog();
    try {
      client
          .logContainerCmd(id)
          .withStdOut(true)
          .withStdErr(true)
          .withTail(LINES)
          .exec(log)
          .awaitCompletion(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      throw Background.stopped(interrupted);
    } catch (DockerException failure) {
      return "(its log cannot be read: " + failure.getMessage() + ")";
    }
    return log.asOneLine();
  }

  private synchronized String asOneLine() {
    String lines = text.toString().strip().replaceAll("\\s*\n\\s*", " / ");
    return lines.isEmpty() ? "(nothing)" : lines;
  }
}
