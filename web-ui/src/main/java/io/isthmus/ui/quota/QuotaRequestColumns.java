package io.isthmus.ui.quota;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.list.ListColumn;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What lists of requests show of each. */
class QuotaRequestColumns {

  static final String ASKED = "asked";

  private final Component page;
  private final QuotaWords words;

  /**
   * @param page speaks the reader's language
   */
  QuotaRequestColumns(Component page) {
    this.page = page;
    this.words = new QuotaWords(page);
  }

  static Map<String, Comparator<QuotaRequest>> orders() {
    return Map.of(ASKED, Comparator.comparing(QuotaRequest::askedAt));
  }

  /** For who decides: by which project's people, too. */
  List<ListColumn<QuotaRequest>> columnsOfAll() {
    ListColumn<QuotaRequest> project =
        ListColumn.text(
            "project",
            page.getTranslation("quota-requests.by"),
            request -> request.project().toString());
    return Stream.concat(Stream.of(project), columns().stream()).toList();
  }

  List<ListColumn<QuotaRequest>> columns() {
    return List.of(
        ListColumn.of(
            "whose",
            page.getTranslation("tenant-quotas.whose"),
            request -> new Span(words.holder(request.holder())),
            request -> request.holder().toString()),
        ListColumn.of(
            "where",
            page.getTranslation("tenant-quotas.where"),
            request -> new Span(words.extent(request.extent())),
            request -> request.extent().text()),
        ListColumn.of(
            "limits",
            page.getTranslation("quota-requests.wanted"),
            request -> new Span(words.wanted(request.wanted())),
            request -> LimitKind.write(request.wanted()).toString()),
        ListColumn.text(
            "reason", page.getTranslation("quota-requests.reason"), QuotaRequest::reason),
        ListColumn.of(
                ASKED,
                page.getTranslation("quota-requests.asked"),
                QuotaRequestColumns::asked,
                (QuotaRequest request) -> request.askedAt().toString())
            .sorts(),
        ListColumn.of(
            "state",
            page.getTranslation("quota-requests.state"),
            this::state,
            request -> request.state().text()));
  }

  private static Component asked(QuotaRequest request) {
    Span by = new Span(request.askedBy());
    by.addClassName("quiet");
    return new Div(Moment.ago(request.askedAt()), new Span(" · "), by);
  }

  private Component state(QuotaRequest request) {
    Div state = new Div(new Span(page.getTranslation("quota-requests." + request.state())));
    request
        .decision()
        .ifPresent(
            decision -> {
              Span by = new Span(words.decision(decision));
              by.addClassName("quiet");
              state.add(by);
            });
    return state;
  }
}
