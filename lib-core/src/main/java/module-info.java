/** Opens a database on either backend; the schema vocabulary, errors, scratch databases. */
module dev.outgrow.core {
  requires static org.checkerframework.checker.qual;
  requires static org.jspecify;
  requires transitive java.sql;
  requires com.zaxxer.hikari;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  exports dev.outgrow.database;
  exports dev.outgrow.database.catalog;
  exports dev.outgrow.database.doctor;
  exports dev.outgrow.database.metrics;
  exports dev.outgrow.database.scratch;
  exports dev.outgrow.database.setup;
  exports dev.outgrow.error;
  exports dev.outgrow.schema;
  exports dev.outgrow.schema.comparison;
  exports dev.outgrow.sql;
  exports dev.outgrow.sql.sqlite;
}
