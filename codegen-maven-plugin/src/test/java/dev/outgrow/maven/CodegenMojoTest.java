package dev.outgrow.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.model.Build;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals, called as Maven calls them. On SQLite, where no server has to be waited for. */
class CodegenMojoTest {
  private static final String USERS = "app/db/core/tables/Users.java";

  /** Chains of the plugin's class path. */
  public static final class AppChains implements ChainSource {
    @Override
    public List<Chain> chains() {
      return List.of(Chain.named("core").location("db/core").build());
    }
  }

  @TempDir private Path folder;
  private final MavenProject project = new MavenProject();
  private Path scripts;
  private Path made;

  @BeforeEach
  void aProject() throws IOException {
    Build build = new Build();
    build.setOutputDirectory(folder.resolve("target/classes").toString());
    project.setBuild(build);
    project.setFile(folder.resolve("pom.xml").toFile());
    project.setArtifacts(Set.of());
    Resource resources = new Resource();
    resources.setDirectory(folder.resolve("src/main/resources").toString());
    build.addResource(resources);
    scripts = Files.createDirectories(folder.resolve("src/main/resources/db/own"));
    Files.writeString(scripts.resolve("V1__t.sql"), "CREATE TABLE own (id INTEGER PRIMARY KEY);");
    made = folder.resolve("target/generated-sources/outgrow");
  }

  private <M extends CodegenMojo> M prepared(M mojo) {
    mojo.setLog(new Said());
    mojo.project = project;
    mojo.directory = made.toFile();
    mojo.packageName = "app.db";
    mojo.backend = "sqlite";
    return mojo;
  }

  private <M extends CodegenMojo> M named(M mojo) {
    prepared(mojo).chainSource = AppChains.class.getName();
    return mojo;
  }

  private <M extends CodegenMojo> M described(M mojo, String location) {
    DescribedChain chain = new DescribedChain();
    chain.name = "own";
    chain.locations.add(location);
    prepared(mojo).chains.add(chain);
    return mojo;
  }

  private static List<String> said(CodegenMojo mojo) {
    return ((Said) mojo.getLog()).lines;
  }

  @Test
  void generatesAndTheSourcesAreCompiledWithTheProject() throws Exception {
    GenerateMojo goal = named(new GenerateMojo());
    goal.epochSeconds = List.of("*_at");
    goal.execute();

    assertThat(made.resolve(USERS)).content().contains("java.time.Instant::ofEpochSecond");
    assertThat(project.getCompileSourceRoots()).containsExactly(made.toString());
    assertThat(said(goal)).singleElement().asString().endsWith("outgrow: generated");

    GenerateMojo again = named(new GenerateMojo());
    again.epochSeconds = List.of("*_at");
    again.execute();
    assertThat(said(again)).singleElement().asString().endsWith("outgrow: unchanged");
  }

  @Test
  void chainsOfThePomTakeScriptsFromTheSourcesAndNotFromAnEarlierBuild() throws Exception {
    Path earlier = Files.createDirectories(folder.resolve("target/classes/db/own"));
    Files.writeString(earlier.resolve("V1__t.sql"), "CREATE TABLE former (id INTEGER);");
    described(new GenerateMojo(), "db/own").execute();

    assertThat(made.resolve("app/db/own/tables/Own.java")).exists();
    assertThat(made.resolve("app/db/own/tables/Former.java")).doesNotExist();
  }

  @Test
  void locationsInTheFileSystemAreRelativeToTheProject() throws Exception {
    described(new GenerateMojo(), "filesystem:src/main/resources/db/own").execute();

    assertThat(made.resolve("app/db/own/tables/Own.java")).exists();
  }

  @Test
  void aPluginsChainRequiresTheCoreAndHasWhatThePomSays() throws Exception {
    GenerateMojo goal = described(new GenerateMojo(), "db/core");
    goal.chains.get(0).name = "core";
    goal.chains.get(0).owns.add("users");
    DescribedChain plugin = new DescribedChain();
    plugin.name = "clips";
    plugin.locations.add("db/own");
    plugin.owns.add("own");
    plugin.requires.put("core", "1");
    plugin.placeholders.put("size", "10");
    plugin.historyTable = "clip_history";
    Files.writeString(
        scripts.resolve("V2__u.sql"), "ALTER TABLE own ADD COLUMN name VARCHAR(${size});");
    goal.chains.add(plugin);
    goal.only = List.of("clips");
    goal.packages.put("clips", "clip.db");
    goal.execute();

    assertThat(made.resolve("clip/db/tables/Own.java")).content().contains("VARCHAR(10)");
    assertThat(made.resolve(USERS)).doesNotExist();

    plugin.requires.put("core", "2");
    assertThatThrownBy(goal::execute)
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("core");
  }

  @Test
  void checkFailsTheBuildAndNamesWhatDiffers() throws Exception {
    CheckMojo first = named(new CheckMojo());
    assertThatThrownBy(first::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageMatching("\\d+ files below .* are not what the migrations make: run .*");
    assertThat(said(first)).contains("new " + USERS);
    assertThat(made).doesNotExist();

    named(new GenerateMojo()).execute();
    CheckMojo second = named(new CheckMojo());
    second.execute();
    assertThat(said(second)).singleElement().asString().endsWith("up to date");

    Files.writeString(made.resolve(USERS), "class Users {}");
    CheckMojo third = named(new CheckMojo());
    assertThatThrownBy(third::execute).hasMessageStartingWith("1 file ");
    assertThat(said(third)).containsExactly("changed " + USERS);
  }

  @Test
  void skippingGeneratesNothingAndLeavesTheSourceFolder() throws Exception {
    GenerateMojo goal = prepared(new GenerateMojo());
    goal.skip = true;
    goal.execute();

    assertThat(made).doesNotExist();
    assertThat(project.getCompileSourceRoots()).containsExactly(made.toString());
  }

  @Test
  void whatCannotBeIsRefusedInASentence() throws IOException {
    refused(prepared(new GenerateMojo()), "a chainSource, or chains, and not both");
    refused(described(named(new GenerateMojo()), "db/own"), "not both");
    refused(described(new GenerateMojo(), "db/none"), "db/none");

    CodegenMojo unknown = named(new GenerateMojo());
    unknown.chainSource = "no.such.Chains";
    refused(unknown, "no.such.Chains");
    CodegenMojo other = named(new GenerateMojo());
    other.backend = "oracle";
    refused(other, "postgresql or sqlite");

    Files.writeString(scripts.resolve("V2__u.sql"), "CREATE NONSENSE;");
    refused(described(new GenerateMojo(), "db/own"), "V2__u.sql");
    assertThat(made).doesNotExist();
  }

  private static void refused(CodegenMojo mojo, String words) {
    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining(words)
        .hasNoCause();
  }

  @Test
  void aPasswordIsShownNowhere() {
    CodegenMojo goal = named(new GenerateMojo());
    goal.backend = "postgresql";
    project
        .getProperties()
        .setProperty("outgrow.codegen.server", "postgresql://me:secret@127.0.0.1:1/db");

    assertThatThrownBy(goal::execute)
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageNotContaining("secret");
    assertThat(((Said) goal.getLog()).debugged)
        .isNotEmpty()
        .noneMatch(line -> line.contains("secret"));
    assertThat(said(goal)).isEmpty();
  }

  @Test
  void theThreadsClassLoaderIsAsItWas() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    named(new GenerateMojo()).execute();
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  /** Keeps what is said. */
  private static final class Said extends SystemStreamLog {
    private final List<String> lines = new ArrayList<>();
    private final List<String> debugged = new ArrayList<>();

    @Override
    public void info(CharSequence text) {
      lines.add(text.toString());
    }

    @Override
    public void error(CharSequence text) {
      lines.add(text.toString());
    }

    @Override
    public void debug(CharSequence text) {
      debugged.add(text.toString());
    }

    @Override
    public void debug(Throwable failure) {
      debugged.add(String.valueOf(failure));
    }
  }
}
