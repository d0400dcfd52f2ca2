package io.isthmus.ui.shell;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.isthmus.domain.audit.AuditedRequest;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.trace.RequestId;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Does for a page what may wait for others, such as clouds and name servers. What comes of it is
 * pushed; while it is awaited the page also asks for it, as a push that gets lost on the way would
 * only be missed with the next one.
 */
@ApplicationScoped
public class PageWork {

  private static final int POLL_MILLIS = 2_000;
  private static final int NO_POLL = -1;

  @Resource private ManagedExecutorService executor;

  /**
   * Does some work away from the page, and then tells the page. When the page is gone meanwhile,
   * nobody is told.
   *
   * @param ui the page, in whose turn this is called
   * @param work is given what takes news to the page while it works
   * @param done is given what came of it, in the page's turn
   * @param failed is given the fault, in the page's turn
   */
  public <T> void run(
      UI ui,
      Function<Consumer<Runnable>, T> work,
      Consumer<T> done,
      Consumer<FederationFault> failed) {
    await(ui, 1);
    try {
      RequestId request = RequestId.currentOrFresh();
      executor.execute(
          () -> {
            try (RequestId.Scope scope = request.serve();
                AuditedRequest audited = AuditedRequest.serve(Face.PORTAL)) {
              work(ui, work, done, failed);
            }
          });
    } catch (RejectedExecutionException e) {
      end(ui, () -> failed.accept(Faults.of(e)));
    }
  }

  private static <T> void work(
      UI ui,
      Function<Consumer<Runnable>, T> work,
      Consumer<T> done,
      Consumer<FederationFault> failed) {
    Consumer<Runnable> tell = news -> tell(ui, news);
    try {
      T result = work.apply(tell);
      tell.accept(() -> end(ui, () -> done.accept(result)));
    } catch (RuntimeException e) {
      FederationFault fault = Faults.of(e);
      tell.accept(() -> end(ui, () -> failed.accept(fault)));
    }
  }

  private static void end(UI ui, Runnable last) {
    await(ui, -1);
    last.run();
  }

  /** Counts what a page awaits. */
  private static void await(UI ui, int more) {
    Integer before = (Integer) ComponentUtil.getData(ui, PageWork.class.getName());
    int now = (before == null ? 0 : before) + more;
    ComponentUtil.setData(ui, PageWork.class.getName(), now);
    ui.setPollInterval(now > 0 ? POLL_MILLIS : NO_POLL);
  }

  private static void tell(UI ui, Runnable news) {
    try {
      ui.access(news::run);
    } catch (UIDetachedException e) {
      // The page is gone; nobody is left to tell.
      return;
    }
  }
}
