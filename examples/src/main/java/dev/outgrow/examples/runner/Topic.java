package dev.outgrow.examples.runner;

/** What options are about, in the order in which the help of a command with many shows them. */
enum Topic {
  /** What has no other topic. */
  OPTIONS("Options"),
  WHERE("Where to"),
  PART("What is carried"),
  THERE("What is there already"),
  ROWS("What does not fit"),
  RUN("How it runs"),
  RESULT("What comes out"),
  HELP("Help");

  private final String title;

  Topic(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
