package io.isthmus.ui.webhook;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.webhook.Webhook;
import io.isthmus.domain.webhook.Webhooks;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who is told of what happens in the project, or to the federation's clouds. */
@RouteScoped
@Route(value = WebhooksView.ADDRESS, layout = MainLayout.class)
public class WebhooksView extends WebhookPage {

  static final String ADDRESS = "webhooks";

  private static final long serialVersionUID = 1L;

  private final Div content = new Div();
  private final StalledWebhooks stalled = new StalledWebhooks();
  private final transient Table<Webhook> table;
  private transient Optional<ProjectId> whose = Optional.empty();
  private transient List<Webhook> shown;
  private boolean changes;

  @Inject
  WebhooksView(Callers callers, CurrentProject current, Webhooks webhooks, LiveUpdates live) {
    super(callers, current, webhooks);
    follow(live, this::refresh);
    table =
        new Table<Webhook>(getTranslation("webhooks.title"), Webhook::id)
            .column(
                getTranslation("webhooks.address"),
                webhook -> new Anchor("/" + ADDRESS + "/" + webhook.id(), webhook.shown()))
            .column(getTranslation("webhooks.status"), words::statusAndReason)
            .text(getTranslation("webhooks.kinds"), words::kinds)
            .number(
                getTranslation("webhooks.waiting"), webhook -> Integer.toString(webhook.waiting()))
            .column(getTranslation("webhooks.added"), WebhooksView::added);
    setContent(stalled, content);
  }

  private static Component added(Webhook webhook) {
    Div cell = new Div(Moment.compact(webhook.createdAt()), new Span(" · " + webhook.createdBy()));
    cell.addClassName("small");
    return cell;
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    boolean federation =
        event.getLocation().getQueryParameters().getParameters().containsKey(FEDERATION);
    whose = whose(federation);
    changes = webhooks.mayChange(whose, caller());
    setPageTitle(
        getTranslation(whose.isPresent() ? "webhooks.title" : "webhooks.title-federation"));
    setSentence(
        getTranslation(whose.isPresent() ? "webhooks.sentence" : "webhooks.sentence-federation"));
    List<Component> actions = new ArrayList<>();
    if (caller().isFederationAdmin() && projectIfAny().isPresent()) {
      actions.add(
          whose.isPresent()
              ? new Anchor(
                  "/" + ADDRESS + "?" + FEDERATION, getTranslation("webhooks.title-federation"))
              : new Anchor("/" + ADDRESS, getTranslation("webhooks.title")));
    }
    if (changes) {
      actions.add(adding());
    }
    setActions(actions.toArray(Component[]::new));
    shown = null;
    refresh();
  }

  private Button adding() {
    Button add =
        new Button(
            getTranslation("webhooks.add"),
            click -> new AddDialog(webhooks, words, caller(), whose, this::added).open());
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return add;
  }

  private void added(Webhooks.Told told) {
    new SecretDialog(told.secret()).open();
    refresh();
  }

  private void refresh() {
    List<Webhook> now = webhooks.list(whose, caller());
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    stalled.show(whose.isPresent() ? List.of() : webhooks.stalled(caller()));
    content.removeAll();
    if (now.isEmpty()) {
      content.add(
          new EmptyState(getTranslation("webhooks.empty"), getTranslation("webhooks.empty-words")));
    } else {
      content.add(table);
      table.setRows(now);
    }
  }
}
