package dev.outgrow.migration;

/**
 * The commands that mend a state, as the person at the terminal types them.
 *
 * @param program how the application's own program is called
 */
record Commands(String program) {
  String migrate(String options) {
    return "Run \"" + program + " migrate" + options + "\".";
  }

  String forState(String chain, ChainState state) {
    String of = " --chain " + chain;
    return switch (state) {
      case CURRENT -> "";
      case EMPTY, PENDING -> migrate("");
      case OUT_OF_ORDER ->
          "Give the script a version above those that have run, or run \""
              + program
              + " migrate --out-of-order\".";
      case CHANGED ->
          "Put the script back as it ran and write a new one for the change; if only its comments"
              + " have changed, run \""
              + program
              + " repair"
              + of
              + "\".";
      case MISSING ->
          "Start the release that has the script; if it was taken out on purpose, run \""
              + program
              + " repair"
              + of
              + "\".";
      case FAILED ->
          "Take back by hand what it did before it ended, then run \""
              + program
              + " repair"
              + of
              + "\" and \""
              + program
              + " migrate\".";
      case AHEAD ->
          "Start the newer release, or have it run \"" + program + " undo" + of + "\" first.";
      case BLOCKED -> "Install the release of the required chain that has it.";
      case UNKNOWN_TABLES ->
          "If they are this application's, run \""
              + program
              + " adopt"
              + of
              + " --at VERSION\", or name the history table that Flyway has kept; if not, connect to"
              + " another database.";
    };
  }
}
