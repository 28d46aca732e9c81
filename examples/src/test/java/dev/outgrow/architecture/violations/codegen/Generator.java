package dev.outgrow.architecture.violations.codegen;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.test.Fixture;
import java.util.logging.Logger;

/** A generator that prints, logs by the wrong door and knows the fixtures. */
@Breaks({
  "codegen knows only lib-core, lib-migrate",
  "nothing published prints",
  "nothing published uses java.util.logging"
})
public class Generator {
  private static final Logger LOG = Logger.getLogger("generator");

  /** Says what it should return. */
  public void generate(Fixture fixture) {
    System.out.println(fixture);
    LOG.info("done");
  }
}
