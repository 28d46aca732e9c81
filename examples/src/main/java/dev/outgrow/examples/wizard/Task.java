package dev.outgrow.examples.wizard;

/**
 * What the wizard does while a person waits.
 *
 * @since 0.1
 */
public enum Task {
  /** Reads the file, and says what it holds. */
  LOOK("Looking at the file"),
  /** Connects, and looks what is there. */
  AIM("Looking at the target"),
  /** Imports. */
  IMPORT("Moving"),
  /** Compares every row once more, and switches over or back. */
  SWITCH("Comparing every row once more"),
  /** Writes a SQLite file of all that PostgreSQL holds, and goes on in it. */
  EXPORT("Writing a new SQLite file"),
  /** Brings back what was there before. */
  UNDO("Bringing back what was there before");

  private final String title;

  Task(String title) {
    this.title = title;
  }

  /** Returns it for people. */
  public String title() {
    return title;
  }
}
