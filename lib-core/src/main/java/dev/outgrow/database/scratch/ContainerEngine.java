package dev.outgrow.database.scratch;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.DockerImageName;

/**
 * Runs PostgreSQL in a container, through Testcontainers' client and its ways to find an engine and
 * an image. The container is not one of a Testcontainers session, whose reaper would take it from
 * the other processes when the one that started it ends; a label says whose it is, and the folder's
 * locks who still uses it. Its data go with it.
 */
final class ContainerEngine implements ServerEngine {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchPool.class);
  private static final String MAKING = "1";
  private static final String LABEL = "dev.outgrow.scratch";
  private static final String LOCAL = "127.0.0.1";
  private static final ExposedPort PORT = ExposedPort.tcp(5432);
  private static final Duration READY_LIMIT = Duration.ofMinutes(2);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final String[] COMMAND = {
    "postgres",
    "-c",
    "fsync=off",
    "-c",
    "synchronous_commit=off",
    "-c",
    "max_connections=300",
    "-c",
    "timezone=UTC"
  };

  private final String image;

  /** Uses an image. That the library is there has been made sure of: it is loaded with this. */
  ContainerEngine(String image) {
    this.image = image;
  }

  @Override
  public String name() {
    return "container";
  }

  @Override
  public String kind() {
    return MAKING + "\n" + image + "\n" + String.join(" ", COMMAND);
  }

  private static DockerClient client() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new UnavailableException(
          "No Docker engine answers, which scratch databases in a container need.",
          "Start one, or choose another source: outgrow.test.source=embedded or postgresql://….",
          null);
    }
    return DockerClientFactory.instance().client();
  }

  @Override
  public ServerAccess start(Path folder) throws IOException {
    DockerClient client = client();
    String password = ServerFolder.randomPassword();
    try {
      // Asked for through Testcontainers, which knows about registries and their credentials.
      String found = new RemoteDockerImage(DockerImageName.parse(image)).get();
      CreateContainerResponse made =
          client
              .createContainerCmd(found)
              .withEnv("POSTGRES_PASSWORD=" + password)
              .withLabels(Map.of(LABEL, folder.toString()))
              .withExposedPorts(PORT)
              .withHostConfig(HostConfig.newHostConfig().withPortBindings(binding()))
              .withCmd(COMMAND)
              .exec();
      return start(client, made.getId(), password);
    } catch (DockerException | ContainerFetchException failure) {
      throw new UnavailableException(
          "The container of the image " + image + " does not start: " + failure.getMessage() + ".",
          "Check the image's name, outgrow.test.image, and that the engine can get it.",
          failure);
    }
  }

  /** Starts it, or removes it. */
  private ServerAccess start(DockerClient client, String id, String password) {
    try {
      client.startContainerCmd(id).exec();
      return awaitReady(client, id, password);
    } catch (Throwable failure) {
      try {
        remove(client, id);
      } catch (DockerException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  private static String host() {
    String host = DockerClientFactory.instance().dockerHostIpAddress();
    return host.equals("localhost") ? LOCAL : host;
  }

  /** Where the engine is on another machine, or we are in a container, it must listen to us. */
  private static PortBinding binding() {
    boolean local = host().equals(LOCAL);
    return new PortBinding(local ? Ports.Binding.bindIp(LOCAL) : Ports.Binding.empty(), PORT);
  }

  private ServerAccess awaitReady(DockerClient client, String id, String password) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < READY_LIMIT.toNanos() && isRunning(client, id)) {
      int port = port(client, id);
      ServerAccess access = new ServerAccess(host(), port, password, id);
      if (port > 0 && access.answers()) {
        return access;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    String lastWords = ContainerLog.lastWords(client, id).replace(password, "…");
    throw new UnavailableException(
        "The PostgreSQL in the container of the image "
            + image
            + " does not become ready. Its last words: "
            + lastWords
            + ".",
        "Check the image's name, outgrow.test.image, and memory and disk of the engine.",
        null);
  }

  private static boolean isRunning(DockerClient client, String id) {
    return Boolean.TRUE.equals(client.inspectContainerCmd(id).exec().getState().getRunning());
  }

  private static int port(DockerClient client, String id) {
    Ports ports = client.inspectContainerCmd(id).exec().getNetworkSettings().getPorts();
    Ports.Binding @Nullable [] bound = ports.getBindings().get(PORT);
    return bound == null || bound.length == 0 ? 0 : Integer.parseInt(bound[0].getHostPortSpec());
  }

  /** Removes it with its data, and one whose start a killed process did not note. */
  @Override
  public void stop(Path folder) throws IOException {
    if (ServerAccess.readFrom(folder).isEmpty()
        && !DockerClientFactory.instance().isDockerAvailable()) {
      return;
    }
    DockerClient client = client();
    List<Container> ours =
        client
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(Map.of(LABEL, folder.toString()))
            .exec();
    for (Container each : ours) {
      remove(client, each.getId());
    }
    ServerAccess.deleteFrom(folder);
  }

  private static void remove(DockerClient client, String id) {
    try {
      client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException gone) {
      LOG.debug("Somebody else has removed the container {}", id);
    }
  }
}
