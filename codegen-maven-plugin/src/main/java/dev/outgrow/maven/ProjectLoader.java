package dev.outgrow.maven;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class path of a project that is being built: its folders of resources as they stand in the
 * sources, its dependencies, and of its output the classes alone. The scripts in the output are
 * those of an earlier build, or not there yet. What the plugin has itself is the plugin's.
 */
final class ProjectLoader extends URLClassLoader {
  private final String output;

  /**
   * Makes it.
   *
   * @param resources folders of resources
   * @param path the compile class path, with the output
   * @param output where the project's own classes come
   */
  ProjectLoader(List<File> resources, List<File> path, File output) {
    super(
        "project",
        Stream.concat(resources.stream(), path.stream())
            .map(ProjectLoader::url)
            .toArray(URL[]::new),
        ProjectLoader.class.getClassLoader());
    String url = url(output).toString();
    this.output = url.endsWith("/") ? url : url + "/";
  }

  private static URL url(File file) {
    try {
      return file.toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(file + " is no place of classes", e);
    }
  }

  @Override
  public @Nullable URL findResource(String name) {
    try {
      Enumeration<URL> found = findResources(name);
      return found.hasMoreElements() ? found.nextElement() : null;
    } catch (IOException e) {
      return null; // as the contract has it: what cannot be read is not there
    }
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    List<URL> found = Collections.list(super.findResources(name));
    found.removeIf(url -> !name.endsWith(".class") && url.toString().startsWith(output));
    return Collections.enumeration(found);
  }
}
