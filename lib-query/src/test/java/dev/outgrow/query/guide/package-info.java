/** The guide, compiled and run. */
@NullMarked
package dev.outgrow.query.guide;

import org.jspecify.annotations.NullMarked;
