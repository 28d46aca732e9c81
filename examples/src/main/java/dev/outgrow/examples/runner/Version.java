package dev.outgrow.examples.runner;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    @Nullable String version = Outgrow.class.getPackage().getImplementationVersion();
    return new String[] {"Outgrow " + (version == null ? "(not packaged)" : version)};
  }
}
