package io.isthmus.ui.drain;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.drain.Drain;
import io.isthmus.domain.drain.DrainPreview;
import io.isthmus.domain.drain.DrainReturn;
import io.isthmus.domain.drain.DrainReturns;
import io.isthmus.domain.drain.DrainService;
import io.isthmus.domain.drain.DrainedStack;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** How far one drain has come, stack by stack, and what can be done about it. */
@RouteScoped
@FederationAdminsOnly
@Route(value = DrainsView.ADDRESS + "/:drain", layout = MainLayout.class)
public class DrainPage extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private final transient Callers callers;
  private final transient DrainService drains;
  private final transient CloudService cloudService;
  private final transient LiveUpdates live;
  private final transient DrainWords words = new DrainWords(this);
  private final Div notices = new Div();
  private final Div facts = new Div();
  private final Div content = new Div();
  private final Button pause = new Button(getTranslation("drain.pause"));
  private final Button resume = new Button(getTranslation("drain.resume"));
  private final Button takeBack = new Button(getTranslation("drain.take-back"));
  private final Button moveBack = new Button(getTranslation("drain.move-back"));
  private final transient DrainReturns returns;
  private final transient Table<DrainedStack> table;
  private final transient Table<DrainReturn> returning;
  private transient Caller caller;
  private transient UUID id;
  private transient Clouds clouds = new Clouds(List.of());
  private transient Seen shown;

  /** What the page was drawn from. */
  private record Seen(Drain drain, List<DrainedStack> stacks, List<DrainReturn> back) {

    /** Whether something has moved that nobody has had moved back. */
    boolean mayReturn() {
      return !drain.closes()
          && back.isEmpty()
          && stacks.stream().anyMatch(one -> one.state() == DrainedStack.State.MOVED);
    }
  }

  @Inject
  DrainPage(
      Callers callers,
      DrainService drains,
      DrainReturns returns,
      CloudService clouds,
      LiveUpdates live) {
    this.callers = callers;
    this.drains = drains;
    this.returns = returns;
    this.cloudService = clouds;
    this.live = live;
    setBreadcrumb(new Anchor("/" + DrainsView.ADDRESS, getTranslation("drains.title")));
    pause.addClickListener(click -> act(drains::pause));
    resume.addClickListener(click -> act(drains::resume));
    takeBack.addClickListener(click -> askToTakeBack());
    takeBack.addThemeVariants(ButtonVariant.LUMO_ERROR);
    moveBack.addClickListener(click -> askToMoveBack());
    notices.addClassName("stack");
    content.addClassName("stack");
    table =
        new Table<DrainedStack>(getTranslation("drain.stacks"), DrainedStack::stack)
            .text(getTranslation("drain.project"), one -> one.project().toString())
            .text(getTranslation("drain.stack"), DrainedStack::name)
            .column(getTranslation("drain.state"), one -> words.state(one.state()))
            .number(getTranslation("drain.there"), one -> number(one.parts()))
            .number(getTranslation("drain.moved"), one -> number(one.moved()))
            .column(getTranslation("drain.why"), this::why)
            .named();
    returning =
        new Table<DrainReturn>(getTranslation("drain.returning"), DrainReturn::stack)
            .text(getTranslation("drain.project"), one -> one.project().toString())
            .text(getTranslation("drain.stack"), DrainReturn::name)
            .column(getTranslation("drain.state"), one -> words.state(one.state()))
            .number(getTranslation("drain.returning-servers"), one -> number(one.homes().size()))
            .column(getTranslation("drain.why"), this::whyNotBack)
            .named();
    setContent(notices, facts, content);
  }

  private static String number(long number) {
    return Reader.formats().number(number);
  }

  /** The clouds' colours, for who administers all of them. */
  public static Clouds clouds(CloudService service, Caller caller) {
    return new Clouds(service.listAll(caller).stream().map(DrainPage::view).toList());
  }

  private static CloudView view(CloudDetails details) {
    CloudHealth health = details.health();
    return new CloudView(
        details.cloud().id(),
        details.cloud().name(),
        details.cloud().hue(),
        details.cloud().enabled(),
        true,
        details.cloud().facts(),
        health,
        Optional.empty());
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    String text = event.getRouteParameters().get("drain").orElse("");
    try {
      id = UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("drain", text);
    }
    shown = null;
    clouds = clouds(cloudService, caller);
    refresh();
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), this::refresh);
  }

  private void refresh() {
    Seen now =
        new Seen(drains.find(id, caller), drains.stacks(id, caller), returns.list(id, caller));
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    Drain drain = now.drain();
    setPageTitle(getTranslation("drain.title", drain.area().toString()));
    setBeside(DrainWords.area(drain, clouds), words.status(drain.status()));
    setSentence(sentence(now));
    pause.setVisible(drain.status() == Drain.Status.RUNNING);
    resume.setVisible(drain.status() == Drain.Status.PAUSED);
    takeBack.setVisible(drain.closes());
    takeBack.setText(
        getTranslation(
            drain.status() == Drain.Status.COMPLETE ? "drain.reopen" : "drain.take-back"));
    moveBack.setVisible(now.mayReturn() && caller.isFederationAdmin());
    setActions(pause, resume, takeBack, moveBack);
    facts.removeAll();
    facts.add(facts(drain));
    content.removeAll();
    if (now.stacks().isEmpty()) {
      content.add(
          new EmptyState(getTranslation("drain.nothing"), getTranslation("drain.nothing-words")));
    } else {
      content.add(new H2(getTranslation("drain.stacks")), table);
      table.setRows(now.stacks());
    }
    if (!now.back().isEmpty()) {
      content.add(new H2(getTranslation("drain.returning")), returning);
      returning.setRows(now.back());
    }
  }

  private Component facts(Drain drain) {
    Facts all =
        new Facts()
            .fact(getTranslation("drains.reason"), drain.reason())
            .fact(
                getTranslation("drains.started"),
                new Div(Moment.absolute(drain.startedAt()), new Span(" · " + drain.startedBy())))
            .fact(getTranslation("drain.at-once"), number(drain.atOnce()))
            .fact(
                getTranslation("drain.data"),
                getTranslation(drain.withData() ? "drain.data-moves" : "drain.data-stays"));
    drain.endedAt().ifPresent(at -> all.fact(getTranslation("drain.ended"), Moment.absolute(at)));
    return all;
  }

  /** How many stacks are how far. */
  private String sentence(Seen now) {
    Map<DrainedStack.State, Integer> counts = new EnumMap<>(DrainedStack.State.class);
    now.stacks().forEach(one -> counts.merge(one.state(), 1, Integer::sum));
    StringBuilder text =
        new StringBuilder(getTranslation("drain.sentence." + now.drain().status()));
    counts.forEach(
        (state, count) -> text.append(' ').append(getTranslation("drain.count." + state, count)));
    return text.toString();
  }

  private Component why(DrainedStack one) {
    Div cell = new Div();
    one.why().ifPresent(why -> cell.add(new Paragraph(why.in(Reader.locale()))));
    if (!one.held().isEmpty()) {
      cell.add(words.held(one.held(), clouds));
    }
    one.nextTry()
        .filter(at -> !one.state().isThrough())
        .ifPresent(
            at -> {
              Div next =
                  new Div(new Span(getTranslation("drain.next-try") + " "), Moment.until(at));
              next.addClassNames("quiet", "small");
              cell.add(next);
            });
    return cell;
  }

  private Component whyNotBack(DrainReturn one) {
    Div cell = new Div();
    one.why().ifPresent(why -> cell.add(new Paragraph(why.in(Reader.locale()))));
    if (!one.held().isEmpty()) {
      cell.add(words.held(one.held(), clouds));
    }
    return cell;
  }

  private void askToMoveBack() {
    notices.removeAll();
    try {
      DrainPreview preview = returns.preview(id, caller);
      ConfirmDialog ask = new ConfirmDialog();
      ask.setHeader(getTranslation("drain.move-back-ask", shown.drain().area().toString()));
      ask.setText(
          getTranslation(
              "drain.move-back-words",
              preview.moves(),
              preview.stacks().size() + preview.unplanned(),
              preview.held()));
      ask.setCancelable(true);
      ask.setCancelText(getTranslation("shell.cancel"));
      ask.setConfirmText(getTranslation("drain.move-back"));
      ask.addConfirmListener(confirmed -> act(returns::moveBack));
      ask.open();
    } catch (FederationFault fault) {
      notices.add(Notice.of(fault));
    }
  }

  private void askToTakeBack() {
    ConfirmDialog ask = new ConfirmDialog();
    ask.setHeader(getTranslation("drain.take-back-ask", shown.drain().area().toString()));
    ask.setText(getTranslation("drain.take-back-words"));
    ask.setCancelable(true);
    ask.setCancelText(getTranslation("shell.cancel"));
    ask.setConfirmText(takeBack.getText());
    ask.addConfirmListener(confirmed -> act(drains::takeBack));
    ask.open();
  }

  private void act(BiConsumer<UUID, Caller> what) {
    notices.removeAll();
    try {
      what.accept(id, caller);
    } catch (FederationFault fault) {
      notices.add(Notice.of(fault));
    }
    refresh();
  }
}
