/** What the guide to going back shows, compiled and run. */
@NullMarked
package dev.outgrow.examples.goingback;

import org.jspecify.annotations.NullMarked;
