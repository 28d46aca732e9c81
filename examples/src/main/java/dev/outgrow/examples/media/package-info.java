/** The media-history demonstration: its SQLite file and its statistics. */
@NullMarked
package dev.outgrow.examples.media;

import org.jspecify.annotations.NullMarked;
