/** What a stored cell means where a rule says how to read it; for who writes, not who verifies. */
@NullMarked
package dev.outgrow.importer.reading;

import org.jspecify.annotations.NullMarked;
