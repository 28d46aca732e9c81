/** The binary COPY wire format: framing, one encoder per PostgreSQL type. */
@NullMarked
package dev.outgrow.importer.copy;

import org.jspecify.annotations.NullMarked;
