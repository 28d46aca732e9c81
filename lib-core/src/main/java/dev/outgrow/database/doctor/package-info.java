/**
 * Says whether a database is fit for an application, and what to do where it is not: {@link
 * dev.outgrow.database.doctor.Doctor} is the front door.
 */
@NullMarked
package dev.outgrow.database.doctor;

import org.jspecify.annotations.NullMarked;
