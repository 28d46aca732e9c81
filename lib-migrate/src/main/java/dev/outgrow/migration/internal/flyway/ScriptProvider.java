package dev.outgrow.migration.internal.flyway;

import dev.outgrow.migration.script.ScriptFile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Hands a chain's scripts to Flyway, which then looks for none itself: in no folder beneath, and in
 * no folder of the class path that it would read by its own name.
 */
final class ScriptProvider implements ResourceProvider {
  private final Map<String, LoadableResource> resources = new LinkedHashMap<>();

  ScriptProvider(List<ScriptFile> scripts) {
    for (ScriptFile script : scripts) {
      resources.put(script.file(), new ScriptResource(script.file(), script.text()));
      String settings = script.settings();
      if (settings != null) {
        String file = script.file() + ".conf";
        resources.put(file, new ScriptResource(file, settings));
      }
    }
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return resources.get(name);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return resources.values().stream()
        .filter(resource -> resource.getFilename().startsWith(prefix))
        .filter(resource -> Stream.of(suffixes).anyMatch(resource.getFilename()::endsWith))
        .toList();
  }
}
