package dev.outgrow.database.scratch;

import dev.outgrow.error.MissingArtifactException;
import java.util.List;

/** Whether the optional Testcontainers is there. Names none of its classes but as text. */
final class ContainerLibrary {
  private static final List<String> CLASSES =
      List.of("org.testcontainers.DockerClientFactory", "com.github.dockerjava.api.DockerClient");

  private ContainerLibrary() {}

  /** Lets this module read the library, whose modules have no names that could be required. */
  static void require() {
    try {
      ClassLoader loader = ContainerLibrary.class.getClassLoader();
      for (String each : CLASSES) {
        Class<?> known = Class.forName(each, false, loader);
        ContainerLibrary.class.getModule().addReads(known.getModule());
      }
    } catch (ClassNotFoundException missing) {
      throw new MissingArtifactException(
          "A scratch server in a container needs Testcontainers 2, which is missing.",
          List.of("org.testcontainers:testcontainers"),
          missing);
    }
  }
}
