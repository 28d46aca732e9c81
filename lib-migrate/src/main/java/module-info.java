/** Migrations, import, export, backup. */
module dev.outgrow.migrate {
  requires static org.jspecify;
  requires transitive dev.outgrow.core;
  requires com.fasterxml.jackson.core;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;
}
