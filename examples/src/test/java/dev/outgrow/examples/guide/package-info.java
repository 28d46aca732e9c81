/** What guides show, held to the sources in which it is compiled. */
@NullMarked
package dev.outgrow.examples.guide;

import org.jspecify.annotations.NullMarked;
