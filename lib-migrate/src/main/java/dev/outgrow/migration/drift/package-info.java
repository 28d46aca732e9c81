/** What {@code drift} finds: where a live schema differs from what the migrations make. */
@NullMarked
package dev.outgrow.migration.drift;

import org.jspecify.annotations.NullMarked;
