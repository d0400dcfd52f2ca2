package io.isthmus.ui.webhook;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.webhook.WebhookSecret;
import io.isthmus.ui.element.Snippet;

/** Shows a secret this once; only its button closes it. */
class SecretDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  SecretDialog(WebhookSecret secret) {
    setHeaderTitle(getTranslation("webhooks.secret"));
    setCloseOnEsc(false);
    setCloseOnOutsideClick(false);
    Div body =
        new Div(
            new Paragraph(getTranslation("webhooks.secret-once")),
            new Snippet(secret.text(), getTranslation("webhooks.secret-copy")));
    body.addClassName("stack");
    add(body);
    Button done = new Button(getTranslation("webhooks.secret-kept"), click -> close());
    done.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(done);
    setWidth("640px");
    setMaxWidth("100%");
  }
}
