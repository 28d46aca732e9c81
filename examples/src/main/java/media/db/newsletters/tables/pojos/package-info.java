/**
 * Rows as values. Made by Outgrow from migrations; changes are lost.
 */
@org.jspecify.annotations.NullMarked
package media.db.newsletters.tables.pojos;
