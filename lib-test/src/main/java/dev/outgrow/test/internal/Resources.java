package dev.outgrow.test.internal;

import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files among the resources of tests.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Resources {
  private Resources() {}

  /**
   * Reads one.
   *
   * @throws ConfigurationException if it is not there
   */
  static byte[] read(Class<?> beside, String name) {
    try (InputStream in = open(beside, name)) {
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Copies one into a folder.
   *
   * @throws ConfigurationException if it is not there
   */
  public static Path copy(Class<?> beside, String name, Path folder) {
    Path file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
    try (InputStream in = open(beside, name)) {
      Files.copy(in, file);
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static InputStream open(Class<?> beside, String name) {
    InputStream in = beside.getResourceAsStream(name);
    if (in == null) {
      throw new ConfigurationException(
          "resource",
          name,
          "a file beside "
              + beside.getName()
              + ", or one from the root of the class path that begins with a slash");
    }
    return in;
  }
}
