/** Runs versioned migrations, chain by chain. */
@NullMarked
package dev.outgrow.migration;

import org.jspecify.annotations.NullMarked;
