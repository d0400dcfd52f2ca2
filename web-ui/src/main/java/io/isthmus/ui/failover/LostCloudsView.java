package io.isthmus.ui.failover;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.failover.Failovers;
import io.isthmus.domain.failover.LostCloud;
import io.isthmus.ui.drain.DrainPage;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Clouds that stacks have lost or may have, and what is done about it. */
@RouteScoped
@FederationAdminsOnly
@Route(value = LostCloudsView.ADDRESS, layout = MainLayout.class)
public class LostCloudsView extends Page implements BeforeEnterObserver {

  static final String ADDRESS = "lost-clouds";

  private static final long serialVersionUID = 1L;

  private final transient Callers callers;
  private final transient Failovers failovers;
  private final transient CloudService cloudService;
  private final transient LiveUpdates live;
  private final Div content = new Div();
  private final transient Table<Failovers.OfStack> table;
  private transient Caller caller;
  private transient Clouds clouds = new Clouds(List.of());
  private transient List<Failovers.OfStack> shown;

  @Inject
  LostCloudsView(Callers callers, Failovers failovers, CloudService clouds, LiveUpdates live) {
    this.callers = callers;
    this.failovers = failovers;
    this.cloudService = clouds;
    this.live = live;
    setPageTitle(getTranslation("lost-clouds.title"));
    setSentence(getTranslation("lost-clouds.sentence"));
    table =
        new Table<Failovers.OfStack>(
                getTranslation("lost-clouds.title"),
                one -> one.lost().stack() + "/" + one.lost().cloud())
            .column(
                getTranslation("lost-clouds.cloud"), one -> this.clouds.chip(one.lost().cloud()))
            .text(getTranslation("lost-clouds.project"), one -> one.project().toString())
            .text(getTranslation("lost-clouds.stack"), Failovers.OfStack::stackName)
            .column(getTranslation("lost-clouds.state"), one -> badge(one.lost().state()))
            .column(getTranslation("lost-clouds.why"), LostCloudsView::why)
            .column(
                getTranslation("lost-clouds.since"),
                one -> Moment.compact(one.lost().silentSince()));
    setContent(content);
  }

  private StateBadge badge(LostCloud.State state) {
    Mark mark =
        switch (state) {
          case WATCHING, AT_WORK -> Mark.UNKNOWN;
          case ASKING, BACK -> Mark.DEGRADED;
          case MOVING -> Mark.PROGRESS;
          case MOVED -> Mark.COMPLETE;
          case HELD, FAILED -> Mark.FAILED;
        };
    return new StateBadge(mark, getTranslation("lost-clouds.state." + state));
  }

  private static Component why(Failovers.OfStack one) {
    return new Paragraph(one.lost().why().map(why -> why.in(Reader.locale())).orElse("—"));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    shown = null;
    refresh();
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), this::refresh);
  }

  private void refresh() {
    List<Failovers.OfStack> now = failovers.all(caller);
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    clouds = DrainPage.clouds(cloudService, caller);
    content.removeAll();
    if (now.isEmpty()) {
      content.add(
          new EmptyState(
              getTranslation("lost-clouds.empty"), getTranslation("lost-clouds.empty-words")));
    } else {
      content.add(table);
      table.setRows(now);
    }
  }
}
