/*
 * Made by Outgrow from the migrations of the chain newsletters. Changes are
 * lost.
 */
package media.db.newsletters;


import media.db.newsletters.tables.NewsletterSubscribers;

import org.jooq.Index;
import org.jooq.OrderField;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;


/**
 * A class modelling indexes of tables in the default schema.
 */
@SuppressWarnings({ "all", "unchecked", "rawtypes", "this-escape" })
public class Indexes {

    // -------------------------------------------------------------------------
    // INDEX definitions
    // -------------------------------------------------------------------------

    public static final Index NEWSLETTER_SUBSCRIBERS_USER = Internal.createIndex(DSL.name("newsletter_subscribers_user"), NewsletterSubscribers.NEWSLETTER_SUBSCRIBERS, new OrderField[] { NewsletterSubscribers.NEWSLETTER_SUBSCRIBERS.USER_ID }, false);
}
