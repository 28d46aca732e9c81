/**
 * What Micrometer measures of a database: {@link dev.outgrow.database.metrics.DatabaseMetrics} is
 * the front door. The only package that knows Micrometer.
 */
@NullMarked
package dev.outgrow.database.metrics;

import org.jspecify.annotations.NullMarked;
