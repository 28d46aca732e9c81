package dev.outgrow.examples.codegen;

import static media.db.core.Tables.USERS;

import dev.outgrow.codegen.Codegen;
import dev.outgrow.database.Database;
import dev.outgrow.examples.media.MediaSchema;
import dev.outgrow.query.Jooq;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import media.db.core.tables.pojos.Users;

/** The code of docs/codegen.md. */
final class CodegenGuide {
  private CodegenGuide() {}

  // begin generate
  static Codegen media(Path sources) {
    return Codegen.from(new MediaSchema())
        .into(sources, "media.db")
        .epochSeconds("*_at", "last_seen");
  }

  // end generate

  // begin use
  static List<Users> seenSince(Database db, Instant moment) {
    return db.read(
        tx ->
            Jooq.on(tx).selectFrom(USERS).where(USERS.LAST_SEEN.ge(moment)).fetchInto(Users.class));
  }
  // end use
}
