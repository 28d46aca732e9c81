package dev.outgrow.maven;

import dev.outgrow.codegen.Codegen;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.Chain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * What both goals are told, and how they end.
 *
 * <p>The server is a property and no parameter: what a parameter holds, such as a password in a
 * URL, Maven shows where it is told to log all.
 */
abstract class CodegenMojo extends AbstractMojo {
  private static final String SERVER = "outgrow.codegen.server";
  private static final String SERVER_VARIABLE = "OUTGROW_CODEGEN_SERVER";

  /** The build; what was typed behind {@code -D} is known to it alone. */
  @Parameter(defaultValue = "${session}", readonly = true)
  @Nullable MavenSession session;

  /** The project that is being built. */
  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  @Nullable MavenProject project;

  /**
   * The class of a {@code dev.outgrow.migration.ChainSource}, of the plugin's or of the project's
   * dependencies. The project's own is there once it is compiled, which is too late for what
   * compiles against the sources that are made from it: describe the {@code chains} instead.
   */
  @Parameter(property = "outgrow.codegen.chainSource")
  @Nullable String chainSource;

  /**
   * The chains, where no {@code chainSource} names them: of each a {@code name}, the {@code
   * locations}, and where wanted {@code owns}, {@code requires}, {@code placeholders} and {@code
   * historyTable}.
   */
  @Parameter List<DescribedChain> chains = new ArrayList<>();

  /** Where the sources are; a source folder of the project from then on. */
  @Parameter(
      property = "outgrow.codegen.directory",
      defaultValue = "${project.build.directory}/generated-sources/outgrow",
      required = true)
  @Nullable File directory;

  /** The package above those of the chains. */
  @Parameter(property = "outgrow.codegen.packageName", required = true)
  @Nullable String packageName;

  /** {@code postgresql} or {@code sqlite}. */
  @Parameter(property = "outgrow.codegen.backend", defaultValue = "postgresql")
  String backend = "postgresql";

  /** Generates the classes of these chains alone; by default of all. */
  @Parameter List<String> only = new ArrayList<>();

  /** Packages of chains' own, by the chains' names. */
  @Parameter Map<String, String> packages = new LinkedHashMap<>();

  /** Patterns of columns that hold seconds since 1970: {@code *_at}, {@code logs.written}. */
  @Parameter List<String> epochSeconds = new ArrayList<>();

  /** Patterns of columns that hold milliseconds since 1970. */
  @Parameter List<String> epochMillis = new ArrayList<>();

  /** Generates, or compares, also where nothing has changed. */
  @Parameter(property = "outgrow.codegen.again", defaultValue = "false")
  boolean again;

  /** Does nothing; what was generated before is compiled all the same. */
  @Parameter(property = "outgrow.codegen.skip", defaultValue = "false")
  boolean skip;

  abstract void act(Codegen codegen) throws MojoFailureException;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    known(project, "project").addCompileSourceRoot(known(directory, "directory").getPath());
    if (skip) {
      getLog().info("Skipped");
      return;
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (ProjectLoader loader = loader()) {
      thread.setContextClassLoader(loader);
      act(codegen(loader));
    } catch (OutgrowException failure) {
      getLog().debug(failure);
      // Without the cause, whose message Maven would append to the one that says it all.
      throw new MojoExecutionException(failure.getMessage());
    } catch (IOException failure) {
      throw new MojoExecutionException("The class path cannot be read: " + failure, failure);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private ProjectLoader loader() throws MojoExecutionException {
    MavenProject built = known(project, "project");
    try {
      return new ProjectLoader(
          built.getResources().stream().map(Resource::getDirectory).map(File::new).toList(),
          built.getCompileClasspathElements().stream().map(File::new).toList(),
          new File(built.getBuild().getOutputDirectory()));
    } catch (DependencyResolutionRequiredException failure) {
      throw new MojoExecutionException("The project's dependencies are not there yet", failure);
    }
  }

  private Codegen codegen(ClassLoader loader) {
    Codegen codegen =
        chained(loader)
            .into(sources(), known(packageName, "packageName"))
            .backend(backend)
            .epochSeconds(epochSeconds.toArray(String[]::new))
            .epochMillis(epochMillis.toArray(String[]::new));
    DatabaseUrl url = url();
    codegen = url == null ? codegen : codegen.server(url);
    codegen = only.isEmpty() ? codegen : codegen.only(only.toArray(String[]::new));
    for (Map.Entry<String, String> own : packages.entrySet()) {
      codegen = codegen.packageOf(own.getKey(), own.getValue());
    }
    return again ? codegen.evenIfUnchanged() : codegen;
  }

  private Codegen chained(ClassLoader loader) {
    boolean named = chainSource != null && !chainSource.isBlank();
    if (named != chains.isEmpty()) {
      throw new ConfigurationException(
          "chains", named ? "both" : "nothing", "a chainSource, or chains, and not both");
    }
    if (named) {
      return Codegen.fromNamed(known(chainSource, "chainSource").strip());
    }
    Path folder = known(project, "project").getBasedir().toPath();
    List<Chain> described = chains.stream().map(chain -> chain.chain(folder, loader)).toList();
    return Codegen.from(described);
  }

  private @Nullable DatabaseUrl url() {
    String typed = session == null ? null : session.getUserProperties().getProperty(SERVER);
    Properties ofProject = known(project, "project").getProperties();
    String url =
        Stream.of(
                Optional.ofNullable(typed),
                Optional.ofNullable(ofProject.getProperty(SERVER)),
                Optional.ofNullable(System.getenv(SERVER_VARIABLE)))
            .flatMap(Optional::stream)
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse(null);
    return url == null ? null : DatabaseUrl.parse(url.strip());
  }

  final Path sources() {
    return known(directory, "directory").toPath();
  }

  /** Maven refuses a goal that lacks one of these; the compiler does not know that. */
  private static <T> T known(@Nullable T value, String parameter) {
    if (value == null) {
      throw new ConfigurationException(parameter, "nothing", "a value");
    }
    return value;
  }
}
