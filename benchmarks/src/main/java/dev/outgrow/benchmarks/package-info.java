/** Measurements, each of which asserts that the work was done. */
@NullMarked
package dev.outgrow.benchmarks;

import org.jspecify.annotations.NullMarked;
