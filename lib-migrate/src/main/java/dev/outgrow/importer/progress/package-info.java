/** What is going on while an import runs: events, and who listens to them. */
@NullMarked
package dev.outgrow.importer.progress;

import org.jspecify.annotations.NullMarked;
