package io.isthmus.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.isthmus.domain.fault.FederationFault;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does for a page what may wait for others, such as clouds and name servers. */
@ApplicationScoped
public class PageWork {

  @Resource private ManagedExecutorService executor;

  /**
   * Does some work away from the page, and then tells the page. When the page is gone meanwhile,
   * nobody is told.
   *
   * @param work is given what takes news to the page while it works
   * @param done is given what came of it, in the page's turn
   * @param failed is given the fault, in the page's turn
   */
  public <T> void run(
      UI ui,
      Function<Consumer<Runnable>, T> work,
      Consumer<T> done,
      Consumer<FederationFault> failed) {
    executor.execute(
        () -> {
          Consumer<Runnable> tell = news -> tell(ui, news);
          try {
            T result = work.apply(tell);
            tell.accept(() -> done.accept(result));
          } catch (RuntimeException e) {
            FederationFault fault = Faults.of(e);
            tell.accept(() -> failed.accept(fault));
          }
        });
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
