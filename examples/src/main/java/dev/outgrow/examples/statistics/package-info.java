/** What the pages of the media history show, asked of either backend alike. */
@NullMarked
package dev.outgrow.examples.statistics;

import org.jspecify.annotations.NullMarked;
