/** What the user reads: records, text, JSON, HTML. */
@NullMarked
package dev.outgrow.importer.report;

import org.jspecify.annotations.NullMarked;
