/** Server-side tables. */
@NullMarked
package dev.outgrow.query.table;

import org.jspecify.annotations.NullMarked;
