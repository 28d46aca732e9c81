/** Upserts and bulk writes. */
@NullMarked
package dev.outgrow.query.write;

import org.jspecify.annotations.NullMarked;
