/** Gap-filled series over time. */
@NullMarked
package dev.outgrow.query.series;

import org.jspecify.annotations.NullMarked;
