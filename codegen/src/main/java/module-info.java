/** jOOQ classes from migrations. */
module dev.outgrow.codegen {
  requires static org.jspecify;
  requires transitive dev.outgrow.migrate;
}
