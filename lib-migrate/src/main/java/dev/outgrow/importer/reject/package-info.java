/** Rows that stay behind: which, why, and every raw value of theirs for safe keeping. */
@NullMarked
package dev.outgrow.importer.reject;

import org.jspecify.annotations.NullMarked;
