package io.isthmus.ui.shell;

import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.server.ServiceInitEvent;
import io.isthmus.domain.audit.AuditRecord.Reason;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.audit.RequestAudit;
import io.isthmus.domain.fault.FaultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;

/** Records each page that somebody opens, once, whatever it reads and however long it is open. */
@ApplicationScoped
public class PageViews {

  private RequestAudit audit;

  @Inject
  PageViews(RequestAudit audit) {
    this.audit = audit;
  }

  /** For the container's proxies. */
  protected PageViews() {}

  void watch(@Observes ServiceInitEvent start) {
    start
        .getSource()
        .addUIInitListener(init -> init.getUI().addAfterNavigationListener(this::opened));
  }

  private void opened(AfterNavigationEvent event) {
    boolean refused = event.getActiveChain().stream().anyMatch(HasErrorParameter.class::isInstance);
    if (!refused && event.getActiveChain().stream().noneMatch(Page.class::isInstance)) {
      // Only on the way: what is shown comes next.
      return;
    }
    audit.answered(
        "read",
        new Target("page", "/" + event.getLocation().getPath()),
        refused
            ? Optional.of(new Reason(FaultCode.UNEXPECTED.text(), "The page could not be opened."))
            : Optional.empty());
  }
}
