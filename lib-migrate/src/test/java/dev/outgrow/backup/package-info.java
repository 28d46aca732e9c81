/** Tests of backups: on both backends, while somebody writes, and killed in the middle. */
package dev.outgrow.backup;
