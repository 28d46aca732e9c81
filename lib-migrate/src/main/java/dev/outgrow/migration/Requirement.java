package dev.outgrow.migration;

import dev.outgrow.migration.script.Version;

/** A chain that has to be at a version, or above it, before another begins. */
record Requirement(String chain, Version version) {}
