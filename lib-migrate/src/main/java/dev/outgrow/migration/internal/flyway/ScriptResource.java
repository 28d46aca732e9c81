package dev.outgrow.migration.internal.flyway;

import java.io.Reader;
import java.io.StringReader;
import org.flywaydb.core.api.resource.LoadableResource;

/** A script as Flyway reads it: the text that was checked is the text that runs. */
final class ScriptResource extends LoadableResource {
  private final String file;
  private final String text;

  ScriptResource(String file, String text) {
    this.file = file;
    this.text = text;
  }

  @Override
  public Reader read() {
    return new StringReader(text);
  }

  @Override
  public String getAbsolutePath() {
    return file;
  }

  @Override
  public String getAbsolutePathOnDisk() {
    return file;
  }

  @Override
  public String getFilename() {
    return file;
  }

  /** The history table keeps this, and Flyway with the script's folder as its location the same. */
  @Override
  public String getRelativePath() {
    return file;
  }
}
