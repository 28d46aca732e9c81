/*
 * Made by Outgrow from the migrations of the chain newsletters. Changes are
 * lost.
 */
package media.db.newsletters;


import media.db.core.tables.Users;
import media.db.core.tables.records.UsersRecord;
import media.db.newsletters.tables.NewsletterIssues;
import media.db.newsletters.tables.NewsletterSubscribers;
import media.db.newsletters.tables.Newsletters;
import media.db.newsletters.tables.records.NewsletterIssuesRecord;
import media.db.newsletters.tables.records.NewsletterSubscribersRecord;
import media.db.newsletters.tables.records.NewslettersRecord;

import org.jooq.ForeignKey;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;


/**
 * A class modelling foreign key relationships and constraints of tables in the
 * default schema.
 */
@SuppressWarnings({ "all", "unchecked", "rawtypes", "this-escape" })
public class Keys {

    // -------------------------------------------------------------------------
    // UNIQUE and PRIMARY KEY definitions
    // -------------------------------------------------------------------------

    public static final UniqueKey<NewsletterIssuesRecord> NEWSLETTER_ISSUES_PKEY = Internal.createUniqueKey(NewsletterIssues.NEWSLETTER_ISSUES, DSL.name("newsletter_issues_pkey"), new TableField[] { NewsletterIssues.NEWSLETTER_ISSUES.NEWSLETTER, NewsletterIssues.NEWSLETTER_ISSUES.SENT_AT }, true);
    public static final UniqueKey<NewsletterSubscribersRecord> NEWSLETTER_SUBSCRIBERS_PKEY = Internal.createUniqueKey(NewsletterSubscribers.NEWSLETTER_SUBSCRIBERS, DSL.name("newsletter_subscribers_pkey"), new TableField[] { NewsletterSubscribers.NEWSLETTER_SUBSCRIBERS.NEWSLETTER, NewsletterSubscribers.NEWSLETTER_SUBSCRIBERS.USER_ID }, true);
    public static final UniqueKey<NewslettersRecord> NEWSLETTERS_PKEY = Internal.createUniqueKey(Newsletters.NEWSLETTERS, DSL.name("newsletters_pkey"), new TableField[] { Newsletters.NEWSLETTERS.NAME }, true);

    // -------------------------------------------------------------------------
    // FOREIGN KEY definitions
    // -------------------------------------------------------------------------

    public static final ForeignKey<NewsletterIssuesRecord, NewslettersRecord> NEWSLETTER_ISSUES__NEWSLETTER_ISSUES_NEWSLETTER_FKEY = Internal.createForeignKey(NewsletterIssues.NEWSLETTER_ISSUES, DSL.name("newsletter_issues_newsletter_fkey"), new TableField[] { NewsletterIssues.NEWSLETTER_ISSUES.NEWSLETTER }, Keys.NEWSLETTERS_PKEY, new TableField[] { Newsletters.NEWSLETTERS.NAME }, true);
    public static final ForeignKey<NewsletterSubscribersRecord, NewslettersRecord> NEWSLETTER_SUBSCRIBERS__NEWSLETTER_SUBSCRIBERS_NEWSLETTER_FKEY = Internal.createForeignKey(NewsletterSubscribers.NEWSLETTER_SUBSCRIBERS, DSL.name("newsletter_subscribers_newsletter_fkey"), new TableField[] { NewsletterSubscribers.NEWSLETTER_SUBSCRIBERS.NEWSLETTER }, Keys.NEWSLETTERS_PKEY, new TableField[] { Newsletters.NEWSLETTERS.NAME }, true);
    public static final ForeignKey<NewsletterSubscribersRecord, UsersRecord> NEWSLETTER_SUBSCRIBERS__NEWSLETTER_SUBSCRIBERS_USER_ID_FKEY = Internal.createForeignKey(NewsletterSubscribers.NEWSLETTER_SUBSCRIBERS, DSL.name("newsletter_subscribers_user_id_fkey"), new TableField[] { NewsletterSubscribers.NEWSLETTER_SUBSCRIBERS.USER_ID }, media.db.core.Keys.USERS_PKEY, new TableField[] { Users.USERS.ID }, true);
}
