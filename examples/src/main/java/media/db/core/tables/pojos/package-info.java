/**
 * Rows as values. Made by Outgrow from migrations; changes are lost.
 */
@org.jspecify.annotations.NullMarked
package media.db.core.tables.pojos;
