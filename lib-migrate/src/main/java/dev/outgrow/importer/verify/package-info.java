/** Are both sides equal? Counts and canonical checksums of every row, read back. */
@NullMarked
package dev.outgrow.importer.verify;

import org.jspecify.annotations.NullMarked;
