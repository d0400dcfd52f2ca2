package io.isthmus.ui.webhook;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.webhook.Webhook;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.widget.Mark;
import java.util.List;

/**
 * Tells administrators that webhooks of the federation have paused by themselves: which, since
 * when, why, and that one has to go there. Is not seen while there is none.
 */
public final class StalledWebhooks extends Div {

  private static final long serialVersionUID = 1L;

  public StalledWebhooks() {
    setVisible(false);
  }

  /**
   * @param stalled as {@link io.isthmus.domain.webhook.Webhooks#stalled}
   */
  public void show(List<Webhook> stalled) {
    removeAll();
    setVisible(!stalled.isEmpty());
    if (stalled.isEmpty()) {
      return;
    }
    UnorderedList list = new UnorderedList();
    stalled.forEach(one -> list.add(item(one)));
    add(
        new Notice(
            Mark.DEGRADED,
            getTranslation("webhooks.stalled", stalled.size()),
            list,
            new Span(getTranslation("webhooks.stalled-remedy"))));
  }

  private static ListItem item(Webhook webhook) {
    ListItem item =
        new ListItem(
            new Anchor(
                "/" + WebhooksView.ADDRESS + "/" + webhook.id(), webhook.address().getHost()));
    webhook.pausedAt().ifPresent(at -> item.add(new Span(" · "), Moment.compact(at)));
    webhook.pausedBecause().ifPresent(why -> item.add(new Span(" · " + why.in(Reader.locale()))));
    return item;
  }
}
