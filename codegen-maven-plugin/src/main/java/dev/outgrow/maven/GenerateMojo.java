package dev.outgrow.maven;

import dev.outgrow.codegen.Codegen;
import dev.outgrow.codegen.CodegenResult;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Brings the sources up to date with the migrations. Where nothing has changed it does nothing, and
 * starts no server; where it fails, the sources are as they were.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
@Mojo(
    name = "generate",
    defaultPhase = LifecyclePhase.GENERATE_SOURCES,
    requiresDependencyResolution = ResolutionScope.COMPILE,
    threadSafe = true)
public final class GenerateMojo extends CodegenMojo {
  /** For Maven, which fills it. */
  public GenerateMojo() {}

  @Override
  void act(Codegen codegen) {
    CodegenResult result = codegen.run();
    result.changes().forEach(change -> getLog().debug(change));
    getLog()
        .info(
            result.files().size()
                + " files below "
                + sources()
                + (result.generated() ? ": generated" : ": unchanged"));
  }
}
