package dev.outgrow.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Habits that only the source shows. */
final class SourceRules {
  private static final int MOST_LINES = 500;
  private static final List<String> PROMISES =
      List.of("<em>Immutable.</em>", "<em>Thread-safe.</em>", "<em>Not thread-safe.</em>");

  private SourceRules() {}

  /** Returns the text files under a folder that are too long to have one reason to exist. */
  static List<String> tooLong(Path folder) {
    return files(folder, ".java", ".sql", ".html", ".css", ".js").stream()
        .filter(file -> lines(file) > MOST_LINES)
        .map(file -> file + " has " + lines(file) + " lines")
        .toList();
  }

  /** Returns the public types under a folder whose Javadoc lacks a promise or a version. */
  static List<String> undocumented(Path folder) {
    List<String> found = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files(folder, ".java")));
      PublicTypes types = new PublicTypes(DocTrees.instance(task), found);
      for (CompilationUnitTree unit : task.parse()) {
        types.scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static List<Path> files(Path folder, String... endings) {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Goes down into public types only, since a type within a hidden one is hidden. The type around a
   * nested record speaks for it.
   */
  private static final class PublicTypes extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees trees;
    private final List<String> found;

    PublicTypes(DocTrees trees, List<String> found) {
      this.trees = trees;
      this.found = found;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (!isPublic(type)) {
        return null;
      }
      if (hasToPromise(type.getKind())) {
        DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
        check(type, comment == null ? "" : comment.toString());
      }
      return super.visitClass(type, null);
    }

    private boolean hasToPromise(Tree.Kind kind) {
      return switch (kind) {
        case ENUM, ANNOTATION_TYPE -> false;
        case RECORD -> isTop();
        default -> true;
      };
    }

    private void check(ClassTree type, String comment) {
      if (PROMISES.stream().noneMatch(comment::contains)) {
        found.add(type.getSimpleName() + " does not say whether it is thread-safe or immutable");
      }
      if (isTop() && !comment.contains("@since")) {
        found.add(type.getSimpleName() + " does not say @since when it is there");
      }
    }

    private boolean isPublic(ClassTree type) {
      Set<Modifier> flags = type.getModifiers().getFlags();
      return flags.contains(Modifier.PUBLIC) || isMemberOfInterface();
    }

    private boolean isTop() {
      return getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
    }

    private boolean isMemberOfInterface() {
      return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
    }
  }
}
