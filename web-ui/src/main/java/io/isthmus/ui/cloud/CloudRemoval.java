package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.ui.element.RemovalDialog;
import java.util.List;

/** Takes a cloud out of the federation, once somebody has read what that means. */
final class CloudRemoval {

  private CloudRemoval() {}

  /**
   * @param page speaks the reader's language
   * @param then is run when the cloud is out
   */
  static void ask(
      Component page, CloudService clouds, Caller caller, CloudDetails details, Runnable then) {
    CloudId id = details.cloud().id();
    new RemovalDialog(
            page.getTranslation("removal.title", id.text()),
            List.of(
                page.getTranslation("removal.lost", details.accesses().size()),
                page.getTranslation("removal.stays"),
                page.getTranslation("removal.refused")),
            id.text(),
            page.getTranslation("removal.do"),
            () -> {
              clouds.remove(caller, id);
              then.run();
            })
        .open();
  }
}
