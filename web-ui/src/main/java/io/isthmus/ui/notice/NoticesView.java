package io.isthmus.ui.notice;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.language.PhraseSearch;
import io.isthmus.domain.notice.Audience;
import io.isthmus.domain.notice.Notice;
import io.isthmus.domain.notice.NoticeQuery;
import io.isthmus.domain.notice.NoticeSlice;
import io.isthmus.domain.notice.NoticeSubject;
import io.isthmus.domain.notice.Notices;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSlice;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happened in the project, or to the clouds of all, newest first; what the reader has not seen
 * stands out.
 */
@RouteScoped
@Route(value = NoticesView.ADDRESS, layout = MainLayout.class)
public class NoticesView extends ProjectPage {

  static final String ADDRESS = "notices";

  private static final long serialVersionUID = 1L;

  private static final String AT = "at";
  private static final String KIND = "kind";
  private static final String NEW = "new";
  private static final String WHOSE = "whose";

  /** What an administrator chooses in the place of the own project's notices. */
  private enum Whose {
    FEDERATION
  }

  /** A notice, and whether the reader has not seen it. */
  private record Row(Notice notice, boolean isNew) {}

  private final transient Notices notices;
  private final transient ListPanel<Row> list;
  private final Button allSeen = new Button();

  private transient Locale locale;
  private transient Audience audience = Audience.FEDERATION;
  private transient Optional<Instant> newest = Optional.empty();

  @Inject
  NoticesView(Callers callers, CurrentProject current, Notices notices, LiveUpdates live) {
    super(callers, current);
    this.notices = notices;
    this.list =
        new ListPanel<>(getTranslation("notice.title"), Row::notice, this::fetch, () -> ADDRESS);
    follow(live, this::refresh);
    setPageTitle(getTranslation("notice.title"));
    allSeen.setText(getTranslation("notice.all-seen"));
    allSeen.addClickListener(click -> seen());
    setActions(allSeen);
    Checkbox onlyNew = new Checkbox(getTranslation("notice.only-new"));
    list.search(getTranslation("notice.filter"))
        .filter(
            KIND,
            new FilterSelect<>(
                getTranslation("notice.kind"),
                List.of(Notice.Kind.values()),
                kind -> getTranslation("notice.kind." + kind.text())),
            Notice.Kind.class)
        .filter(NEW, onlyNew, word -> word.equals(Boolean.TRUE.toString()));
    if (Audience.of(current.find(callers.current()), callers.current()).size() > 1) {
      list.filter(
          WHOSE,
          new FilterSelect<>(
              getTranslation("notice.whose"),
              getTranslation("notice.whose.project"),
              List.of(Whose.values()),
              whose -> getTranslation("notice.whose.federation")),
          Whose.class);
    }
    list.column(ListColumn.of("what", getTranslation("notice.what"), this::what, this::words))
        .column(
            ListColumn.of("about", getTranslation("notice.about"), this::about, NoticesView::name))
        .column(
            ListColumn.<Row>of(
                    AT,
                    getTranslation("event.time"),
                    row -> Moment.compact(row.notice().at()),
                    row -> row.notice().at().toString())
                .sorts())
        .column(
            ListColumn.of(
                KIND,
                getTranslation("stack.status"),
                this::kind,
                row -> row.notice().kind().text()))
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("notice.none"),
                    getTranslation("notice.none-words"),
                    new Anchor("/stacks", getTranslation("notice.to-stacks"))));
    setContent(list);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    locale = Reader.locale();
    ListState asked = ListState.of(event.getLocation().getQueryParameters());
    audience =
        projectIfAny()
            .filter(
                project ->
                    !caller().isFederationAdmin() || asked.value(WHOSE, Whose.class).isEmpty())
            .map(Audience::of)
            .orElse(Audience.FEDERATION);
    tellUnseen();
    list.show(asked);
  }

  /** Administrators without a project are told of the clouds of all. */
  @Override
  protected boolean isOpenWithoutProject(Caller reader) {
    return reader.isFederationAdmin();
  }

  private void refresh() {
    tellUnseen();
    list.refresh();
  }

  /** Of all the project's notices, whatever the list shows of them. */
  private void tellUnseen() {
    newest = notices.newest(audience, caller());
    int unseen = notices.unseen(audience, caller());
    String here = getTranslation("notice.sentence", unseen);
    int elsewhere =
        Audience.of(projectIfAny(), caller()).stream()
            .filter(other -> !other.equals(audience))
            .mapToInt(other -> notices.unseen(other, caller()))
            .sum();
    setSentence(
        elsewhere == 0
            ? here
            : here
                + " "
                + getTranslation(
                    audience.project().isPresent()
                        ? "notice.sentence-federation"
                        : "notice.sentence-project",
                    elsewhere));
    allSeen.setEnabled(unseen > 0);
  }

  private ListSlice<Row> fetch(ListState asked, long skip, int limit) {
    NoticeSlice found = notices.list(audience, query(asked), skip, limit, caller());
    return new ListSlice<>(
        found.notices().stream().map(each -> new Row(each, found.isNew(each))).toList(),
        found.total());
  }

  private NoticeQuery query(ListState asked) {
    return new NoticeQuery(
        PhraseSearch.of(asked.text(), locale),
        asked.value(KIND, Notice.Kind.class),
        asked.value(NEW).filter(Boolean.TRUE.toString()::equals).isPresent(),
        asked.sort().filter(sort -> sort.column().equals(AT) && !sort.descending()).isPresent());
  }

  /** Up to the newest when the page was drawn: what came since, nobody has seen. */
  private void seen() {
    newest.ifPresent(until -> notices.seen(audience, until, caller()));
    refresh();
  }

  private String words(Row row) {
    return row.notice().phrase().in(locale);
  }

  private Component what(Row row) {
    Span words = new Span(words(row));
    words.setClassName("strong", row.isNew());
    if (!row.isNew()) {
      return words;
    }
    Span fresh = new Span(getTranslation("notice.new"));
    fresh.addClassName("fresh");
    return new Div(fresh, new Span(" "), words);
  }

  private Component about(Row row) {
    Notice notice = row.notice();
    if (notice.subject() instanceof NoticeSubject.OfStack of) {
      return new Anchor("/stacks/" + of.stack(), name(row));
    }
    if (notice.subject() instanceof NoticeSubject.OfQuotaRequest) {
      return audience.project().isPresent()
          ? new Anchor("/quotas", getTranslation("notice.to-quotas"))
          : new Anchor("/quota-requests?state=OPEN", getTranslation("notice.to-requests"));
    }
    if (notice.subject() instanceof NoticeSubject.OfBudget) {
      return new Anchor("/usage", getTranslation("notice.to-usage"));
    }
    if (notice.subject() instanceof NoticeSubject.OfWebhook of) {
      return new Anchor("/webhooks/" + of.webhook(), getTranslation("notice.to-webhook"));
    }
    if (notice.subject() instanceof NoticeSubject.OfCampaign of) {
      return new Anchor("/campaigns/" + of.campaign(), getTranslation("notice.to-campaign"));
    }
    if (!caller().isFederationAdmin()) {
      return new Span(name(row));
    }
    Anchor cloud = new Anchor("/clouds/" + name(row) + "/accesses", name(row));
    return audience.project().isPresent()
        ? cloud
        : new Div(cloud, new Span(" · " + notice.project()));
  }

  private static String name(Row row) {
    return row.notice().subject().name();
  }

  private Component kind(Row row) {
    Notice.Kind kind = row.notice().kind();
    Mark mark =
        switch (kind) {
          case STACK_DONE, CLOUD_BACK, QUOTA_APPROVED -> Mark.COMPLETE;
          case STACK_FAILED, QUOTA_DENIED -> Mark.FAILED;
          case CLOUD_DARK -> Mark.UNKNOWN;
          case CREDENTIAL_EXPIRES, QUOTA_ASKED, BUDGET_REACHED, WEBHOOK_PAUSED, CAMPAIGN_WAITS ->
              Mark.DEGRADED;
        };
    return new StateBadge(mark, getTranslation("notice.kind." + kind.text()));
  }
}
