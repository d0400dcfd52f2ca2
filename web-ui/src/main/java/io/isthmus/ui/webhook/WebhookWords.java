package io.isthmus.ui.webhook;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.webhook.Delivery;
import io.isthmus.domain.webhook.Webhook;
import io.isthmus.domain.webhook.WebhookKind;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.widget.Mark;
import java.util.stream.Collectors;

/** How webhooks and their messages are told to people. */
final class WebhookWords {

  private final Component page;

  WebhookWords(Component page) {
    this.page = page;
  }

  String kind(WebhookKind kind) {
    return page.getTranslation("webhooks.kind." + kind.text());
  }

  String kinds(Webhook webhook) {
    return webhook.kinds().stream().sorted().map(this::kind).collect(Collectors.joining(", "));
  }

  /** What it is, and of one that is paused since when, and why. */
  Component statusAndReason(Webhook webhook) {
    Div cell = new Div(status(webhook));
    cell.addClassName("lines");
    webhook
        .pausedAt()
        .ifPresent(
            at -> {
              Div since =
                  new Div(
                      new Span(page.getTranslation("webhooks.paused-since") + " "),
                      Moment.compact(at));
              since.addClassName("small");
              cell.add(since);
            });
    webhook
        .pausedBecause()
        .ifPresent(
            why -> {
              Div reason = new Div(new Span(why.in(Reader.locale())));
              reason.addClassName("small");
              cell.add(reason);
            });
    return cell;
  }

  StateBadge status(Webhook webhook) {
    return new StateBadge(
        webhook.status() == Webhook.Status.ACTIVE ? Mark.COMPLETE : Mark.DEGRADED,
        page.getTranslation("webhooks.status." + webhook.status()));
  }

  StateBadge state(Delivery delivery) {
    Mark mark =
        switch (delivery.state()) {
          case WAITING -> Mark.PROGRESS;
          case FAILING -> Mark.DEGRADED;
          case DELIVERED -> Mark.COMPLETE;
          case GIVEN_UP -> Mark.FAILED;
        };
    return new StateBadge(mark, page.getTranslation("webhooks.state." + delivery.state()));
  }
}
