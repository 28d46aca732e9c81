package dev.outgrow.importer.plan;

/**
 * The parts of an import, in their order.
 *
 * @since 0.1
 */
public enum Phase {
  /** Looking at the source: what every column really holds. */
  SURVEY("survey"),
  /** Making the staging schema and its tables. */
  PREPARE("prepare"),
  /** Copying rows. */
  LOAD("load"),
  /** Building keys and indexes. */
  INDEX("index"),
  /** Adding foreign keys. */
  REFERENCE("reference"),
  /** Setting sequences and gathering statistics. */
  FINISH("finish"),
  /** Reading every row back and comparing. */
  VERIFY("verify"),
  /** Putting the staging schema in the target's place. */
  SWAP("swap");

  private final String word;

  Phase(String word) {
    this.word = word;
  }

  /** Returns the phase as one word. */
  public String word() {
    return word;
  }
}
