/**
 * Runs versioned migrations, chain by chain: {@link dev.outgrow.migration.Migrations} is the front
 * door, a {@link dev.outgrow.migration.Chain} is what it is given.
 */
@NullMarked
package dev.outgrow.migration;

import org.jspecify.annotations.NullMarked;
