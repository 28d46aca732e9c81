package org.jooq.standin;

/** Stands in for jOOQ, which this module does not have at hand. */
public interface Jooq {}
