/** The JUnit skin over scratch databases. */
module dev.outgrow.test {
  requires static org.jspecify;
  requires transitive dev.outgrow.migrate;
}
