/**
 * What Micrometer measures of imports: {@link dev.outgrow.importer.metrics.ImportMetrics} is the
 * front door. The only package here that knows Micrometer.
 */
@NullMarked
package dev.outgrow.importer.metrics;

import org.jspecify.annotations.NullMarked;
