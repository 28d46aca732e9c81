package dev.outgrow.examples.runner;

/** How a command ended. Scripts rely on the numbers. */
enum ExitCode {
  /** Done and verified. */
  VERIFIED(0),
  /** Failed; the target is untouched. */
  FAILED(1),
  /** Wrong usage. */
  USAGE(2),
  /** Verification found a difference. */
  DIFFERENT(3),
  /** Done and verified, but something stayed behind that the caller did not accept. */
  LEFT_BEHIND(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
