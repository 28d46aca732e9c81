/** What the plugins of the media history keep: notifiers with their log, and newsletters. */
@NullMarked
package dev.outgrow.examples.plugins;

import org.jspecify.annotations.NullMarked;
