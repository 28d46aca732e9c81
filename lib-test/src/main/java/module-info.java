/** The JUnit skin over scratch databases. */
module dev.outgrow.test {
  requires static org.apiguardian.api;
  requires static org.jooq;
  requires static org.jspecify;
  requires static transitive org.junit.jupiter.api;
  requires transitive dev.outgrow.migrate;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  uses dev.outgrow.migration.ChainSource;

  exports dev.outgrow.test;
}
