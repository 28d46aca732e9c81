package dev.outgrow.codegen;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What {@link Main} was told, as options by their names. */
record CommandLine(String command, Map<String, List<String>> options) {
  private static final Set<String> COMMANDS = Set.of("generate", "check", "report");
  private static final String AGAIN = "--again";
  private static final Set<String> KNOWN =
      Set.of(
          "--chains",
          "--into",
          "--package",
          "--backend",
          "--server",
          "--only",
          "--package-of",
          "--epoch-seconds",
          "--epoch-millis");

  static CommandLine read(String[] arguments, Map<String, String> environment) {
    if (arguments.length == 0 || !COMMANDS.contains(arguments[0])) {
      String given = arguments.length == 0 ? "" : arguments[0];
      throw new ConfigurationException("The command", given, "generate, check or report");
    }
    Map<String, List<String>> options = new TreeMap<>();
    String server = environment.get("OUTGROW_CODEGEN_SERVER");
    if (server != null) {
      options.computeIfAbsent("--server", option -> new ArrayList<>()).add(server);
    }
    for (int i = 1; i < arguments.length; i++) {
      String option = arguments[i];
      List<String> values = options.computeIfAbsent(option, any -> new ArrayList<>());
      if (option.equals(AGAIN)) {
        values.add("");
      } else if (!KNOWN.contains(option)) {
        throw new ConfigurationException("The option", option, "one that --help lists");
      } else if (i + 1 == arguments.length) {
        throw new ConfigurationException(option, "", "a value behind it");
      } else {
        values.add(arguments[++i]);
      }
    }
    return new CommandLine(arguments[0], options);
  }

  Codegen codegen() {
    Codegen codegen = Codegen.fromNamed(one("--chains"));
    if (!command.equals("report")) {
      codegen = codegen.into(Path.of(one("--into")), one("--package"));
    }
    if (options.containsKey("--backend")) {
      codegen = codegen.backend(one("--backend"));
    }
    if (options.containsKey("--server")) {
      codegen = codegen.server(DatabaseUrl.parse(one("--server")));
    }
    if (options.containsKey("--only")) {
      codegen = codegen.only(listed("--only"));
    }
    for (String pair : options.getOrDefault("--package-of", List.of())) {
      String[] parts = pair.split("=", 2);
      codegen = codegen.packageOf(parts[0], parts.length == 2 ? parts[1] : "");
    }
    codegen = codegen.epochSeconds(listed("--epoch-seconds"));
    codegen = codegen.epochMillis(listed("--epoch-millis"));
    return options.containsKey(AGAIN) ? codegen.evenIfUnchanged() : codegen;
  }

  /** The last one counts: what was typed goes before the environment. */
  private String one(String option) {
    List<String> values = options.getOrDefault(option, List.of());
    if (values.isEmpty()) {
      throw new ConfigurationException(option, "", "a value, which " + command + " needs");
    }
    return values.get(values.size() - 1);
  }

  private String[] listed(String option) {
    return options.getOrDefault(option, List.of()).stream()
        .flatMap(values -> List.of(values.split(",")).stream())
        .toArray(String[]::new);
  }
}
