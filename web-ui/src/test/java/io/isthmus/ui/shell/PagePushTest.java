package io.isthmus.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.atmosphere.cpr.AtmosphereResource;
import org.atmosphere.cpr.Broadcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagePushTest {

  private final List<String> asked = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();

  /** That runs nothing by itself. */
  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(0) {
        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
          later.add(work);
          return null;
        }
      };

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  /** That answers as told and writes down what it was asked for. */
  private <T> T recording(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              asked.add(type.getSimpleName() + "." + method.getName());
              return answers.get(method.getName());
            }));
  }

  private PagePush connected(boolean closing) {
    Future<?> neverArrives = recording(Future.class, Map.of());
    Broadcaster broadcaster = recording(Broadcaster.class, Map.of("broadcast", neverArrives));
    class Told extends PagePush {
      private static final long serialVersionUID = 1L;

      Told() {
        super(
            new UI() {
              @Override
              public boolean isClosing() {
                return closing;
              }
            },
            () -> scheduler);
      }

      void tell() {
        sendMessage("news");
      }
    }
    Told push = new Told();
    push.connect(
        recording(
            AtmosphereResource.class, Map.of("isResumed", false, "getBroadcaster", broadcaster)));
    push.tell();
    asked.clear();
    return push;
  }

  @Test
  void aPageThatWasLeftIsNotWaitedForAndItsSocketIsClosedLater() {
    PagePush push = connected(true);

    push.disconnect();

    assertThat(push.isConnected()).isFalse();
    assertThat(asked).isEmpty();
    later.forEach(Runnable::run);
    assertThat(asked).containsExactly("AtmosphereResource.close");
  }

  @Test
  void aPageThatStaysGetsItsLastMessageFirst() {
    PagePush push = connected(false);

    push.disconnect();

    assertThat(push.isConnected()).isFalse();
    assertThat(asked).endsWith("Future.get", "AtmosphereResource.close");
  }
}
