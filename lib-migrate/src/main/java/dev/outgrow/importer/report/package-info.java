/** What the user reads: records, text, JSON. */
@NullMarked
package dev.outgrow.importer.report;

import org.jspecify.annotations.NullMarked;
