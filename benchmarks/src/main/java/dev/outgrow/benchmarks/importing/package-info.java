/** Whole imports, ours beside others', of which each has its rows compared. */
@NullMarked
package dev.outgrow.benchmarks.importing;

import org.jspecify.annotations.NullMarked;
