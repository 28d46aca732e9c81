/** Typed jOOQ helpers that give equal results on PostgreSQL and SQLite. */
module dev.outgrow.query {
  requires static org.jspecify;
  requires transitive dev.outgrow.core;
}
