package io.isthmus.ui.webhook;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.webhook.Delivery;
import io.isthmus.domain.webhook.Webhook;
import io.isthmus.domain.webhook.Webhooks;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.RemovalDialog;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One webhook: how it does, its messages, and what can be done about them. */
@RouteScoped
@Route(value = WebhooksView.ADDRESS + "/:id", layout = MainLayout.class)
public class WebhookView extends WebhookPage {

  private static final long serialVersionUID = 1L;
  private static final int MOST = 100;

  private final Div top = new Div();
  private final Div log = new Div();
  private transient UUID id;
  private transient Webhook shown;
  private transient List<Delivery> listed;
  private transient Table<Delivery> table;
  private boolean changes;

  @Inject
  WebhookView(Callers callers, CurrentProject current, Webhooks webhooks, LiveUpdates live) {
    super(callers, current, webhooks);
    follow(live, this::refresh);
    top.addClassName("stack");
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    String text = event.getRouteParameters().get("id").orElse("");
    try {
      id = UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("webhook", text);
    }
    Webhook webhook = webhooks.find(id, caller());
    changes = webhooks.mayChange(webhook.project(), caller());
    setBreadcrumb(
        new Anchor(
            "/" + WebhooksView.ADDRESS + (webhook.project().isPresent() ? "" : "?" + FEDERATION),
            getTranslation("webhooks.title")));
    setPageTitle(webhook.address().getHost());
    setSentence(getTranslation("webhooks.one", words.kinds(webhook)));
    table = table();
    shown = null;
    listed = null;
    setContent(top, new H2(getTranslation("webhooks.log")), log);
    refresh();
  }

  private void refresh() {
    try {
      Webhook webhook = webhooks.find(id, caller());
      if (!webhook.equals(shown)) {
        show(webhook);
      }
      List<Delivery> now = webhooks.deliveries(id, MOST, caller());
      if (!now.equals(listed)) {
        listed = now;
        log.removeAll();
        log.add(now.isEmpty() ? new Paragraph(getTranslation("webhooks.log-empty")) : table);
        table.setRows(now);
      }
    } catch (FederationFault fault) {
      if (fault.code() != FaultCode.NOT_FOUND || shown == null) {
        throw fault;
      }
      setActions();
      setBeside();
      setContent(
          new EmptyState(
              getTranslation("webhooks.gone"),
              "",
              new Anchor("/" + WebhooksView.ADDRESS, getTranslation("webhooks.title"))));
    }
  }

  private void show(Webhook webhook) {
    shown = webhook;
    setBeside(words.status(webhook));
    top.removeAll();
    webhook
        .pausedBecause()
        .ifPresent(
            why ->
                top.add(
                    new Notice(
                        Mark.DEGRADED,
                        getTranslation("webhooks.paused"),
                        new Paragraph(why.in(Reader.locale())),
                        new Paragraph(getTranslation("webhooks.paused-remedy")))));
    Facts facts =
        new Facts()
            .fact(getTranslation("webhooks.address"), webhook.shown())
            .fact(getTranslation("webhooks.waiting"), Integer.toString(webhook.waiting()))
            .fact(
                getTranslation("webhooks.added"),
                Moment.compact(webhook.createdAt()),
                new Span(" · " + webhook.createdBy()));
    webhook
        .pausedAt()
        .ifPresent(at -> facts.fact(getTranslation("webhooks.paused-at"), Moment.compact(at)));
    webhook
        .formerUntil()
        .filter(until -> until.isAfter(Instant.now()))
        .ifPresent(until -> facts.fact(getTranslation("webhooks.former"), Moment.compact(until)));
    top.add(facts);
    setActions(changes ? actions(webhook) : new Component[0]);
  }

  private Component[] actions(Webhook webhook) {
    List<Component> offered = new ArrayList<>();
    offered.add(new Button(getTranslation("webhooks.test"), click -> test()));
    offered.add(
        webhook.status() == Webhook.Status.ACTIVE
            ? new Button(getTranslation("webhooks.pause"), click -> pause())
            : new Button(getTranslation("webhooks.resume"), click -> resume()));
    offered.add(new Button(getTranslation("webhooks.rotate"), click -> askToRotate()));
    offered.add(new Button(getTranslation("webhooks.remove"), click -> askToRemove(webhook)));
    return offered.toArray(Component[]::new);
  }

  private void test() {
    webhooks.test(id, caller());
    refresh();
  }

  private void pause() {
    webhooks.pause(id, caller());
    refresh();
  }

  private void resume() {
    webhooks.resume(id, caller());
    refresh();
  }

  private void askToRotate() {
    ConfirmDialog ask = new ConfirmDialog();
    ask.setHeader(getTranslation("webhooks.rotate-title"));
    ask.setText(getTranslation("webhooks.rotate-words"));
    ask.setCancelable(true);
    ask.setCancelText(getTranslation("shell.cancel"));
    ask.setConfirmText(getTranslation("webhooks.rotate"));
    ask.addConfirmListener(
        confirm -> {
          new SecretDialog(webhooks.rotate(id, Optional.empty(), caller()).secret()).open();
          refresh();
        });
    ask.open();
  }

  private void askToRemove(Webhook webhook) {
    new RemovalDialog(
            getTranslation("webhooks.remove-title", webhook.address().getHost()),
            List.of(
                getTranslation("webhooks.lost", webhook.waiting()),
                getTranslation("webhooks.stays")),
            webhook.address().getHost(),
            getTranslation("webhooks.remove"),
            () -> {
              webhooks.remove(id, caller());
              getUI()
                  .ifPresent(
                      ui ->
                          ui.getPage()
                              .setLocation(
                                  "/"
                                      + WebhooksView.ADDRESS
                                      + (webhook.project().isPresent() ? "" : "?" + FEDERATION)));
            })
        .open();
  }

  private Table<Delivery> table() {
    Table<Delivery> made =
        new Table<Delivery>(getTranslation("webhooks.log"), Delivery::number)
            .column(getTranslation("webhooks.state"), words::state)
            .text(getTranslation("webhooks.type"), Delivery::type)
            .column(getTranslation("webhooks.when"), WebhookView::when)
            .number(
                getTranslation("webhooks.tries"), delivery -> Integer.toString(delivery.tries()))
            .column(getTranslation("webhooks.answer"), this::answer)
            .column(getTranslation("webhooks.message"), WebhookView::message)
            .live();
    if (changes) {
      made.actions(
          getTranslation("webhooks.actions"),
          List.of(
              RowAction.<Delivery>of(
                      Glyph.REFRESH,
                      delivery -> getTranslation("webhooks.redeliver", delivery.message()),
                      this::redeliver)
                  .when(
                      delivery ->
                          delivery.state() == Delivery.State.DELIVERED
                              || delivery.state() == Delivery.State.GIVEN_UP)));
    }
    return made;
  }

  private void redeliver(Delivery delivery) {
    webhooks.redeliver(id, delivery.message(), caller());
    refresh();
  }

  private static Component when(Delivery delivery) {
    return Moment.compact(delivery.lastTry().orElse(delivery.queuedAt()));
  }

  private Component answer(Delivery delivery) {
    Div cell = new Div();
    delivery
        .status()
        .ifPresent(
            status ->
                cell.add(
                    new Span(
                        delivery
                            .took()
                            .map(
                                took ->
                                    getTranslation(
                                        "webhooks.answered",
                                        Integer.toString(status),
                                        took.toMillis()))
                            .orElse(Integer.toString(status)))));
    delivery.trouble().ifPresent(why -> cell.add(new Div(new Span(why.in(Reader.locale())))));
    if (delivery.state() == Delivery.State.FAILING) {
      cell.add(
          new Div(
              new Span(getTranslation("webhooks.next") + " "), Moment.compact(delivery.nextTry())));
    }
    delivery
        .answer()
        .ifPresent(
            text ->
                cell.add(new NativeDetails(getTranslation("webhooks.verbatim"), new Pre(text))));
    return cell;
  }

  private static Component message(Delivery delivery) {
    Span name = new Span(delivery.message());
    name.addClassNames("mono", "small");
    return new NativeDetails(name, new Pre(delivery.body()));
  }
}
