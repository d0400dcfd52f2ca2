package io.isthmus.ui.webhook;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.webhook.Webhooks;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.ProjectPage;
import java.util.Optional;

/** A page of webhooks: the project's, or, for who administers it and asks so, the federation's. */
abstract class WebhookPage extends ProjectPage {

  /** In the address of the federation's. */
  static final String FEDERATION = "federation";

  private static final long serialVersionUID = 1L;

  final transient Webhooks webhooks;
  final transient WebhookWords words = new WebhookWords(this);

  WebhookPage(Callers callers, CurrentProject current, Webhooks webhooks) {
    super(callers, current);
    this.webhooks = webhooks;
  }

  @Override
  protected boolean isOpenWithoutProject(Caller reader) {
    return reader.isFederationAdmin();
  }

  /** Whose page it is, where the address asks for the federation's or the reader has no project. */
  final Optional<ProjectId> whose(boolean federation) {
    return federation && caller().isFederationAdmin() ? Optional.empty() : projectIfAny();
  }
}
