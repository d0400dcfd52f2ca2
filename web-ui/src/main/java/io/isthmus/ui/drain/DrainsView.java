package io.isthmus.ui.drain;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.drain.Drain;
import io.isthmus.domain.drain.DrainService;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Every drain, those that are not taken back first. */
@RouteScoped
@FederationAdminsOnly
@Route(value = DrainsView.ADDRESS, layout = MainLayout.class)
public class DrainsView extends Page implements BeforeEnterObserver {

  static final String ADDRESS = "drains";

  private static final long serialVersionUID = 1L;

  private final transient Callers callers;
  private final transient DrainService drains;
  private final transient CloudService cloudService;
  private final transient LiveUpdates live;
  private final Div content = new Div();
  private final transient Table<Drain> table;
  private transient Caller caller;
  private transient Clouds clouds = new Clouds(List.of());
  private transient List<Drain> shown;

  @Inject
  DrainsView(Callers callers, DrainService drains, CloudService clouds, LiveUpdates live) {
    this.callers = callers;
    this.drains = drains;
    this.cloudService = clouds;
    this.live = live;
    setPageTitle(getTranslation("drains.title"));
    setSentence(getTranslation("drains.sentence"));
    setActions(new Anchor("/clouds", getTranslation("drains.to-clouds")));
    DrainWords words = new DrainWords(this);
    table =
        new Table<Drain>(getTranslation("drains.title"), Drain::id)
            .column(
                getTranslation("drains.place"),
                drain ->
                    new Anchor(
                        "/" + ADDRESS + "/" + drain.id(), DrainWords.area(drain, this.clouds)))
            .column(getTranslation("drains.status"), drain -> words.status(drain.status()))
            .text(getTranslation("drains.reason"), Drain::reason)
            .column(getTranslation("drains.started"), DrainsView::started);
    setContent(content);
  }

  private static Div started(Drain drain) {
    Span by = new Span(drain.startedBy());
    by.addClassName("quiet");
    return new Div(Moment.compact(drain.startedAt()), new Span(" · "), by);
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
    List<Drain> now = drains.list(Optional.empty(), caller);
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    clouds = DrainPage.clouds(cloudService, caller);
    content.removeAll();
    if (now.isEmpty()) {
      content.add(
          new EmptyState(
              getTranslation("drains.empty"),
              getTranslation("drains.empty-words"),
              new Anchor("/clouds", getTranslation("drains.to-clouds"))));
    } else {
      content.add(table);
      table.setRows(now);
    }
  }
}
