package io.isthmus.domain.notice;

import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudHealthChanged;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Notes when a cloud goes dark to a project and when it is back. */
@ApplicationScoped
public class CloudNotices {

  private NoticeStore store;

  @Inject
  public CloudNotices(NoticeStore store) {
    this.store = store;
  }

  /** For the container's proxies. */
  protected CloudNotices() {}

  /** The first look at a cloud is no news unless it is bad. */
  @Transactional
  public void changed(@Observes CloudHealthChanged change) {
    boolean wasDark = change.before().state() == CloudHealth.State.UNREACHABLE;
    boolean isDark = change.after().state() == CloudHealth.State.UNREACHABLE;
    if (isDark && !wasDark) {
      store.add(
          change.project(),
          change.cloud(),
          Notice.Kind.CLOUD_DARK,
          change
              .after()
              .reason()
              .map(why -> Phrase.of("notice.cloud-dark-because", change.cloud(), why))
              .orElseGet(() -> Phrase.of("notice.cloud-dark", change.cloud())),
          change.after().since());
    } else if (wasDark && !isDark) {
      store.add(
          change.project(),
          change.cloud(),
          Notice.Kind.CLOUD_BACK,
          Phrase.of("notice.cloud-back", change.cloud()),
          change.after().since());
    }
  }
}
