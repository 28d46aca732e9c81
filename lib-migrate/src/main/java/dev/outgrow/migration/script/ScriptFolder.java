package dev.outgrow.migration.script;

import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A folder of scripts, on the class path or in the file system. Folders within it are not looked
 * into: a plugin's scripts may lie beneath the core's and are not taken for them.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ScriptFolder {
  private static final String FILE = "filesystem:";
  private static final String CLASS_PATH = "classpath:";
  private static final String SETTINGS = ".conf";

  private final String location;
  private final ClassLoader loader;

  /**
   * Describes a folder; nothing is read yet.
   *
   * @param location {@code classpath:db/core}, {@code filesystem:/srv/app/db}, or a path without
   *     either, on the class path
   * @param loader whose class path
   */
  public ScriptFolder(String location, ClassLoader loader) {
    this.location = location;
    this.loader = loader;
  }

  /** Returns the folder of this name within it. */
  public ScriptFolder child(String name) {
    String bare = location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
    return new ScriptFolder(bare + "/" + name, loader);
  }

  /** Returns where it is. */
  public String location() {
    return location;
  }

  /** Returns whether it is there. */
  public boolean exists() {
    return location.startsWith(FILE) ? Files.isDirectory(path()) : !urls().isEmpty();
  }

  /**
   * Reads its scripts, in order of file name; none if it is not there.
   *
   * @throws ConfigurationException if a file's name says no version, or it cannot be read
   */
  public List<ScriptFile> read() {
    Map<String, byte[]> files = location.startsWith(FILE) ? ofPath(path()) : ofClassPath();
    List<ScriptFile> scripts = new ArrayList<>();
    files.forEach(
        (file, bytes) -> {
          if (file.endsWith(".sql")) {
            byte[] settings = files.get(file + SETTINGS);
            String place = location + "/" + file;
            scripts.add(
                new ScriptFile(
                    file,
                    place,
                    ScriptName.of(file),
                    text(place, bytes),
                    settings == null ? null : text(place + SETTINGS, settings)));
          }
        });
    return List.copyOf(scripts);
  }

  private Path path() {
    return Path.of(location.substring(FILE.length()));
  }

  private String resource() {
    String bare =
        location.startsWith(CLASS_PATH) ? location.substring(CLASS_PATH.length()) : location;
    String relative = bare.startsWith("/") ? bare.substring(1) : bare;
    return relative.endsWith("/") ? relative : relative + "/";
  }

  private List<URL> urls() {
    try {
      List<URL> urls = new ArrayList<>(Collections.list(loader.getResources(resource())));
      if (urls.isEmpty()) { // some loaders know folders without the slash alone
        String bare = resource().substring(0, resource().length() - 1);
        urls.addAll(Collections.list(loader.getResources(bare)));
      }
      return urls;
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  private static Map<String, byte[]> ofPath(Path folder) {
    Map<String, byte[]> files = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry :
          entries.filter(Files::isRegularFile).filter(ScriptFolder::counts).toList()) {
        files.put(entry.getFileName().toString(), Files.readAllBytes(entry));
      }
      return files;
    } catch (IOException e) {
      throw unreadable(folder.toString(), e);
    }
  }

  private static boolean counts(Path file) {
    return counts(file.getFileName().toString());
  }

  private static boolean counts(String file) {
    return file.endsWith(".sql") || file.endsWith(".sql" + SETTINGS);
  }

  private Map<String, byte[]> ofClassPath() {
    Map<String, byte[]> files = new TreeMap<>();
    for (URL url : urls()) {
      ofUrl(url).forEach((file, bytes) -> putOnce(files, file, bytes));
    }
    return files;
  }

  /** The same jar may be there twice; two scripts of one name may not. */
  private void putOnce(Map<String, byte[]> files, String file, byte[] bytes) {
    byte[] before = files.putIfAbsent(file, bytes);
    if (before != null && !java.util.Arrays.equals(before, bytes)) {
      throw new ConfigurationException(
          "script", location + "/" + file, "one file of this name on the class path, not two");
    }
  }

  private Map<String, byte[]> ofUrl(URL url) {
    try {
      if (url.getProtocol().equals("file")) {
        return ofPath(Path.of(new URI(url.toString())));
      }
      URLConnection connection = url.openConnection();
      if (connection instanceof JarURLConnection jar) {
        return ofJar(jar);
      }
      throw new ConfigurationException(
          "location", location, "a folder, or a folder in a jar; not " + url.getProtocol() + ":");
    } catch (IOException | URISyntaxException e) {
      throw unreadable(url.toString(), e);
    }
  }

  private static Map<String, byte[]> ofJar(JarURLConnection connection) throws IOException {
    connection.setUseCaches(false); // a cached one would be closed for others, too
    Map<String, byte[]> files = new TreeMap<>();
    String name = connection.getEntryName();
    String folder = name.endsWith("/") ? name : name + "/";
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String rest =
            entry.getName().startsWith(folder) ? entry.getName().substring(folder.length()) : "";
        if (counts(rest) && rest.indexOf('/') < 0) {
          try (InputStream in = jar.getInputStream(entry)) {
            files.put(rest, in.readAllBytes());
          }
        }
      }
    }
    return files;
  }

  private static String text(String place, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw unreadable(place, e);
    }
  }

  private static ConfigurationException unreadable(String what, Exception cause) {
    return new ConfigurationException(
        "location", what, "a folder of texts in UTF-8 that can be read", cause);
  }
}
