/** jOOQ classes from migrations. */
module dev.outgrow.codegen {
  requires static jakarta.xml.bind;
  requires static org.jspecify;
  requires transitive dev.outgrow.migrate;
  requires transitive org.jooq.meta;
  requires org.jooq;
  requires org.jooq.codegen;
  requires org.slf4j;

  exports dev.outgrow.codegen;
  // jOOQ makes the generator by its name.
  exports dev.outgrow.codegen.internal to
      org.jooq.codegen;
}
