package io.isthmus.rest.notice;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.PhraseSearch;
import io.isthmus.domain.notice.Notice;
import io.isthmus.domain.notice.NoticeQuery;
import io.isthmus.rest.problem.Arguments;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;
import java.util.Optional;

/** Which notices to list; what is left out does not matter. */
public class NoticeFilter {

  @QueryParam("q")
  private String words;

  @QueryParam("kind")
  private String kind;

  @QueryParam("unseen")
  private String unseen;

  /**
   * What is asked of the store, newest first.
   *
   * @param locale in which the words are looked for
   * @throws FederationFault REQUEST_INVALID
   */
  NoticeQuery query(Locale locale) {
    return new NoticeQuery(
        PhraseSearch.of(Optional.ofNullable(words).orElse(""), locale),
        Optional.ofNullable(kind).map(text -> Arguments.parse("kind", text, Notice.Kind::parse)),
        Optional.ofNullable(unseen)
            .map(text -> Arguments.parse("unseen", text, Arguments::truth))
            .orElse(false),
        false);
  }
}
