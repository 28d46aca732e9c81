/** Typed jOOQ helpers that give equal results on PostgreSQL and SQLite. */
module dev.outgrow.query {
  requires static jakarta.xml.bind;
  requires static org.checkerframework.checker.qual;
  requires static org.jspecify;
  requires transitive dev.outgrow.core;
  requires transitive org.jooq;
  requires com.fasterxml.jackson.core;
  requires org.postgresql.jdbc;
  requires org.xerial.sqlitejdbc;

  exports dev.outgrow.query;
  exports dev.outgrow.query.export;
  exports dev.outgrow.query.lateral;
  exports dev.outgrow.query.page;
  exports dev.outgrow.query.parity;
  exports dev.outgrow.query.repository;
  exports dev.outgrow.query.series;
  exports dev.outgrow.query.table;
  exports dev.outgrow.query.time;
  exports dev.outgrow.query.write;
}
