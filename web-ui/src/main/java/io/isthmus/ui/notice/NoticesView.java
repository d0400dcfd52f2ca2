package io.isthmus.ui.notice;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.notice.Notice;
import io.isthmus.domain.notice.NoticeSlice;
import io.isthmus.domain.notice.Notices;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
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
import java.util.Locale;

/** What happened in the project, newest first; what the reader has not seen stands out. */
@RouteScoped
@Route(value = NoticesView.ADDRESS, layout = MainLayout.class)
public class NoticesView extends ProjectPage {

  static final String ADDRESS = "notices";

  private static final long serialVersionUID = 1L;

  /** A notice, and whether the reader has not seen it. */
  private record Row(Notice notice, boolean isNew) {}

  private final transient Notices notices;
  private final transient ListPanel<Row> list;
  private final Button allSeen = new Button();

  private transient Locale locale;
  private transient Instant newest = Instant.EPOCH;

  @Inject
  NoticesView(Callers callers, CurrentProject current, Notices notices, LiveUpdates live) {
    super(callers, current);
    this.notices = notices;
    this.list =
        new ListPanel<>(getTranslation("notice.title"), Row::notice, this::fetch, () -> ADDRESS);
    follow(live, list::refresh);
    setPageTitle(getTranslation("notice.title"));
    allSeen.setText(getTranslation("notice.all-seen"));
    allSeen.addClickListener(click -> seen());
    setActions(allSeen);
    list.column(ListColumn.of("what", getTranslation("notice.what"), this::what, this::words))
        .column(
            ListColumn.of("about", getTranslation("notice.about"), this::about, NoticesView::name))
        .column(
            ListColumn.of(
                "at",
                getTranslation("event.time"),
                row -> Moment.absolute(row.notice().at()),
                row -> row.notice().at().toString()))
        .column(
            ListColumn.of(
                "kind",
                getTranslation("stack.status"),
                this::kind,
                row -> row.notice().kind().text()))
        .whenShown(this::shown)
        .whenEmpty(
            () ->
                new EmptyState(getTranslation("notice.none"), getTranslation("notice.none-words")));
    setContent(list);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    locale = Reader.locale();
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  private ListSlice<Row> fetch(ListState asked, long skip, int limit) {
    NoticeSlice found = notices.list(project(), skip, limit, caller());
    return new ListSlice<>(
        found.notices().stream().map(each -> new Row(each, found.isNew(each))).toList(),
        found.total());
  }

  private void shown(ListSlice<Row> slice) {
    long unseen = slice.rows().stream().filter(Row::isNew).count();
    setSentence(getTranslation("notice.sentence", unseen));
    allSeen.setEnabled(unseen > 0);
    slice.rows().stream()
        .map(row -> row.notice().at())
        .max(Instant::compareTo)
        .filter(newest::isBefore)
        .ifPresent(at -> newest = at);
  }

  /** Up to the newest that was shown: what came since, nobody has seen. */
  private void seen() {
    notices.seen(project(), newest, caller());
    list.refresh();
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
    if (notice.stack().isPresent()) {
      return new Anchor("/stacks/" + notice.stack().get(), name(row));
    }
    return caller().isFederationAdmin()
        ? new Anchor("/clouds/" + name(row) + "/accesses", name(row))
        : new Span(name(row));
  }

  private static String name(Row row) {
    return row.notice().stackName().or(() -> row.notice().cloud().map(Object::toString)).orElse("");
  }

  private Component kind(Row row) {
    Notice.Kind kind = row.notice().kind();
    Mark mark =
        switch (kind) {
          case STACK_DONE, CLOUD_BACK -> Mark.COMPLETE;
          case STACK_FAILED -> Mark.FAILED;
          case CLOUD_DARK -> Mark.UNKNOWN;
          case CREDENTIAL_EXPIRES -> Mark.DEGRADED;
        };
    return new StateBadge(mark, getTranslation("notice.kind." + kind.text()));
  }
}
