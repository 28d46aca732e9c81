package dev.outgrow.maven;

import dev.outgrow.codegen.Codegen;
import dev.outgrow.codegen.CodegenCheck;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Fails the build where the sources are not what the migrations make, and names the files; writes
 * nothing. Where nothing has changed since they were generated it starts no server.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
@Mojo(
    name = "check",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class CheckMojo extends CodegenMojo {
  /** For Maven, which fills it. */
  public CheckMojo() {}

  @Override
  void act(Codegen codegen) throws MojoFailureException {
    CodegenCheck check = codegen.check();
    if (!check.isUpToDate()) {
      check.changes().forEach(change -> getLog().error(change));
      int many = check.changes().size();
      throw new MojoFailureException(
          many
              + (many == 1 ? " file below " : " files below ")
              + sources()
              + (many == 1 ? " is" : " are")
              + " not what the migrations make: run the goal generate.");
    }
    getLog().info("The sources below " + sources() + " are up to date");
  }
}
