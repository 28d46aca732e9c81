/** Migrations, import, export, backup. */
module dev.outgrow.migrate {
  requires static jdk.jfr;
  requires static org.checkerframework.checker.qual;
  requires static org.jspecify;
  requires transitive dev.outgrow.core;
  requires com.fasterxml.jackson.core;
  requires flyway.core;
  requires flyway.database.postgresql;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  exports dev.outgrow.backup;
  exports dev.outgrow.exporter;
  exports dev.outgrow.importer;
  exports dev.outgrow.importer.existing;
  exports dev.outgrow.importer.mapping;
  exports dev.outgrow.importer.metrics;
  exports dev.outgrow.importer.plan;
  exports dev.outgrow.importer.progress;
  exports dev.outgrow.importer.report;
  exports dev.outgrow.importer.source;
  exports dev.outgrow.importer.verify;
  exports dev.outgrow.migration;
  exports dev.outgrow.migration.fingerprint;
  exports dev.outgrow.migration.safety;
  exports dev.outgrow.migration.drift;
  exports dev.outgrow.migration.ownership;
  exports dev.outgrow.migration.authoring;
}
