/** Quoting and rendering of identifiers and literals, per backend. */
@NullMarked
package dev.outgrow.sql;

import org.jspecify.annotations.NullMarked;
