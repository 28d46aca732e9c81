/** Streams any query as CSV or JSON. */
@NullMarked
package dev.outgrow.query.export;

import org.jspecify.annotations.NullMarked;
