/** Tests in a module of their own. */
module dev.outgrow.probe {
  requires dev.outgrow.migrate;
  requires dev.outgrow.test;
  requires org.junit.jupiter.api;
  requires org.junit.platform.launcher;

  // For what calls the tests, and for what sets their fields and reads the scripts beside them.
  opens dev.outgrow.probe to
      org.junit.platform.commons,
      dev.outgrow.test;
}
