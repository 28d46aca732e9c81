/** The media-history application: its web server, logins, and what each address answers. */
@NullMarked
package dev.outgrow.examples.application;

import org.jspecify.annotations.NullMarked;
