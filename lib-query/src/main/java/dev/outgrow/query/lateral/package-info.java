/** Each parent row with its children's aggregates or its latest child. */
@NullMarked
package dev.outgrow.query.lateral;

import org.jspecify.annotations.NullMarked;
