/**
 * Rows that jOOQ keeps track of. Made by Outgrow from migrations; changes are lost.
 */
@org.jspecify.annotations.NullMarked
package media.db.notifications.tables.records;
