package io.isthmus.ui.newstack;

import com.vaadin.cdi.annotation.VaadinSessionScoped;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The drafts of a session, so that nothing typed is lost by going back, opening another page or
 * loading this one again. Each has an address; two tabs have two drafts.
 */
@VaadinSessionScoped
public class Drafts implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int MOST = 20;
  private static final int ID_LENGTH = 8;

  private transient Map<String, Draft> drafts;

  Draft begin() {
    Draft draft = new Draft(UUID.randomUUID().toString().substring(0, ID_LENGTH));
    drafts().put(draft.id(), draft);
    if (drafts().size() > MOST) {
      drafts().remove(drafts().keySet().iterator().next());
    }
    return draft;
  }

  Optional<Draft> find(String id) {
    return Optional.ofNullable(drafts().get(id));
  }

  /** Its stack was created. */
  void end(Draft draft) {
    drafts().remove(draft.id());
  }

  private Map<String, Draft> drafts() {
    if (drafts == null) {
      drafts = new LinkedHashMap<>();
    }
    return drafts;
  }
}
