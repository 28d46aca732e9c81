/** What Flight Recorder sees of an import. The only package that knows it. */
@NullMarked
package dev.outgrow.importer.jfr;

import org.jspecify.annotations.NullMarked;
