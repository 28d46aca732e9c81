/** Hashes what a migrated schema depends on: names, contents, settings, tool versions. */
@NullMarked
package dev.outgrow.migration.fingerprint;

import org.jspecify.annotations.NullMarked;
