package dev.outgrow.architecture.violations.query.time;

/** The sibling. */
public interface Clock {}
