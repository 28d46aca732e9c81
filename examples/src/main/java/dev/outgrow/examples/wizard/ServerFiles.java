package dev.outgrow.examples.wizard;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The files below the one folder that is offered. Links are not followed, wherever they lead;
 * folders and files whose names begin with a point are left out, and so is everything more than
 * four folders down. Of more than 200 files the latest are offered.
 */
final class ServerFiles {
  private static final int DEEPEST = 4;
  private static final int MOST = 200;
  private static final int MOST_VISITED = 20_000;
  private static final List<String> ENDINGS = List.of(".db", ".db3", ".sqlite", ".sqlite3");

  private final Optional<Path> folder;

  ServerFiles(Optional<Path> folder) {
    this.folder = folder;
  }

  boolean offersAny() {
    return folder.isPresent();
  }

  /** Returns what is offered, the latest first. */
  List<ServerFile> list() {
    List<ServerFile> found = new ArrayList<>();
    if (folder.isEmpty()) {
      return found;
    }
    try {
      Path root = folder.get().toRealPath();
      Files.walkFileTree(
          root,
          EnumSet.noneOf(java.nio.file.FileVisitOption.class),
          DEEPEST,
          new Walk(root, found));
    } catch (IOException e) {
      throw new Refusal(
          "The folder " + folder.get() + " cannot be read.",
          "See that it is there, and that the application's user may read it.",
          e);
    }
    found.sort(Comparator.comparing(ServerFile::changed).reversed());
    return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
  }

  /** Returns the path of a file that is offered; whatever else is asked for is refused. */
  Path find(String name) {
    Path root = folder.orElseThrow(() -> none(name));
    try {
      Path top = root.toRealPath();
      Path asked = top.resolve(name).normalize();
      boolean inside = asked.startsWith(top) && !asked.equals(top);
      if (!inside || !asked.toRealPath().equals(asked) || !isFile(asked)) {
        throw none(name);
      }
      return asked;
    } catch (IOException | InvalidPathException e) {
      throw none(name);
    }
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static Refusal none(String name) {
    return new Refusal(
        "There is no file " + name + " in the folder that is offered.",
        "Choose one of the list; load the page again if it is old.");
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<ServerFile> found;
    private int visited;

    Walk(Path root, List<ServerFile> found) {
      this.root = root;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
      boolean hidden = !each.equals(root) && isHidden(each);
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
      String name = each.toString().toLowerCase(Locale.ROOT);
      if (attributes.isRegularFile()
          && !isHidden(each)
          && ENDINGS.stream().anyMatch(name::endsWith)) {
        found.add(
            new ServerFile(
                root.relativize(each).toString(),
                attributes.size(),
                attributes.lastModifiedTime().toInstant()));
      }
      return ++visited < MOST_VISITED ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    /** A folder that may not be read is not offered. */
    @Override
    public FileVisitResult visitFileFailed(Path each, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path each) {
      Path name = each.getFileName();
      return name != null && name.toString().startsWith(".");
    }
  }
}
