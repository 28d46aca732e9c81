package org.flywaydb.standin;

/** Stands in for Flyway, which this module does not have at hand. */
public interface Flyway {}
