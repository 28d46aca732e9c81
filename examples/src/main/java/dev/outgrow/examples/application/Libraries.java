package dev.outgrow.examples.application;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Which versions of the browser's libraries the build brought. */
final class Libraries {
  private static final String FILE = "libraries.properties";

  private Libraries() {}

  static Map<String, String> versions() {
    Properties versions = new Properties();
    try (InputStream in = Libraries.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + FILE + " is missing from the build");
      }
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + FILE + " cannot be read", e);
    }
    return versions.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, versions::getProperty));
  }
}
