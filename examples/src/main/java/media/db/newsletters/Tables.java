/*
 * Made by Outgrow from the migrations of the chain newsletters. Changes are
 * lost.
 */
package media.db.newsletters;


import media.db.newsletters.tables.NewsletterIssues;
import media.db.newsletters.tables.NewsletterSubscribers;
import media.db.newsletters.tables.Newsletters;


/**
 * Convenience access to all tables in the default schema.
 */
@SuppressWarnings({ "all", "unchecked", "rawtypes", "this-escape" })
public class Tables {

    /**
     * The table <code>newsletter_issues</code>.
     */
    public static final NewsletterIssues NEWSLETTER_ISSUES = NewsletterIssues.NEWSLETTER_ISSUES;

    /**
     * The table <code>newsletter_subscribers</code>.
     */
    public static final NewsletterSubscribers NEWSLETTER_SUBSCRIBERS = NewsletterSubscribers.NEWSLETTER_SUBSCRIBERS;

    /**
     * The table <code>newsletters</code>.
     */
    public static final Newsletters NEWSLETTERS = Newsletters.NEWSLETTERS;
}
