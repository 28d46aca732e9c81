/** Instants, buckets and parts of time, equal on both backends. */
@NullMarked
package dev.outgrow.query.time;

import org.jspecify.annotations.NullMarked;
