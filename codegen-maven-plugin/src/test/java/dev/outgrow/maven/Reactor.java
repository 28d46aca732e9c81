package dev.outgrow.maven;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A local repository with the modules of this build and, by links, all that the build itself has
 * fetched: Maven finds there what it needs without a network, and nothing of ours comes into the
 * user's own.
 */
final class Reactor {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>outgrow-parent</artifactId>\\s*<version>([^<]+)</version>");
  private static final Pattern VARIABLE = Pattern.compile("@([a-z-]+)@");

  private static final String PROJECT = "codegen-maven-plugin/src/test/resources/project/pom.xml";

  private final Path repository;
  private final String version;
  private final List<Path> links = new ArrayList<>();

  private Reactor(Path repository, String parent) {
    this.repository = repository;
    this.version = first(VERSION, parent);
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("The parent's POM has nothing like " + pattern);
    }
    return found.group(1);
  }

  static Reactor in(Path repository) throws IOException, URISyntaxException {
    Reactor reactor = new Reactor(repository, Files.readString(ROOT.resolve("pom.xml")));
    reactor.link(Path.of(System.getProperty("outgrow.maven.repository")), repository, "dev");
    reactor.place("outgrow-parent", ROOT.resolve("pom.xml"));
    reactor.module("lib-core", "outgrow-core", dev.outgrow.database.Database.class);
    reactor.module("lib-migrate", "outgrow-migrate", dev.outgrow.migration.Chain.class);
    reactor.module("codegen", "outgrow-codegen", dev.outgrow.codegen.Codegen.class);
    reactor.module("codegen-maven-plugin", "outgrow-codegen-maven-plugin", CodegenMojo.class);
    return reactor;
  }

  /** Returns the POM of a project that has the plugin, with the versions of this build in it. */
  static String pom() throws IOException {
    String parent = Files.readString(ROOT.resolve("pom.xml"));
    String pom = Files.readString(ROOT.resolve(PROJECT));
    return VARIABLE.matcher(pom).replaceAll(name -> first(pattern(name.group(1)), parent));
  }

  /** {@code @jooq@} stands for jOOQ's, {@code @version@} for our own. */
  private static Pattern pattern(String name) {
    return name.equals("version") ? VERSION : Pattern.compile("<" + name + "\\.version>([^<]+)<");
  }

  Path repository() {
    return repository;
  }

  private void link(Path fetched, Path to, String own) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> parts = Files.list(fetched)) {
      for (Path part : parts.toList()) {
        String name = part.getFileName().toString();
        if (name.equals("dev") && own.equals("dev")) {
          link(part, to.resolve(name), "outgrow");
        } else if (!name.equals(own)) {
          links.add(Files.createSymbolicLink(to.resolve(name), part));
        }
      }
    }
  }

  /** Takes the links away, so that who deletes the repository cannot follow them. */
  void unlink() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }

  private void module(String folder, String artifact, Class<?> member)
      throws IOException, URISyntaxException {
    place(artifact, ROOT.resolve(folder).resolve("pom.xml"));
    Path made = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = file(artifact, "jar");
    if (Files.isDirectory(made)) {
      pack(made, jar);
    } else {
      Files.copy(made, jar);
    }
  }

  private void place(String artifact, Path pom) throws IOException {
    Path file = file(artifact, "pom");
    Files.createDirectories(file.getParent());
    Files.copy(pom, file);
  }

  private Path file(String artifact, String type) {
    return repository
        .resolve("dev/outgrow")
        .resolve(artifact)
        .resolve(version)
        .resolve(artifact + "-" + version + "." + type);
  }

  /** Where the build has come no further than its tests there are folders of classes. */
  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> tree = Files.walk(classes)) {
      List<Path> members = tree.filter(Files::isRegularFile).sorted().toList();
      for (Path member : members) {
        String name = classes.relativize(member).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new JarEntry(name));
        Files.copy(member, out);
        out.closeEntry();
      }
    }
  }
}
