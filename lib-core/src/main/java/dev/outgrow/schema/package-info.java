/** The immutable vocabulary of a schema on either backend, and its dependency order. */
@NullMarked
package dev.outgrow.schema;

import org.jspecify.annotations.NullMarked;
