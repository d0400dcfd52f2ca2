package io.isthmus.ui.newstack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.stack.StackId;
import io.isthmus.ui.unsent.Shelf;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Everybody's drafts, so that nothing typed is lost by going back, opening another page, loading
 * this one again or signing in anew. Each has an address; two tabs have two drafts. To all but its
 * person a draft is one that does not exist.
 */
@ApplicationScoped
public class Drafts {

  private static final int ID_LENGTH = 8;

  /** Characters, of all people together. */
  private static final long HEAVIEST = 64L * 1024 * 1024;

  private final Shelf<Draft> shelf = new Shelf<>(Draft::size, HEAVIEST);

  Draft begin(Caller caller) {
    return begin(caller, Optional.empty());
  }

  /** What a stack that is there shall be instead. */
  Draft begin(Caller caller, StackId updated) {
    return begin(caller, Optional.of(updated));
  }

  private Draft begin(Caller caller, Optional<StackId> updated) {
    Draft draft = new Draft(UUID.randomUUID().toString().substring(0, ID_LENGTH), updated);
    shelf.put(caller.subject(), draft.id(), draft);
    return draft;
  }

  Optional<Draft> find(Caller caller, String id) {
    Optional<Draft> found = shelf.find(caller.subject(), id);
    // It has grown, perhaps: it is weighed anew.
    found.ifPresent(draft -> shelf.put(caller.subject(), id, draft));
    return found;
  }

  /** Its stack was created. */
  void end(Caller caller, Draft draft) {
    shelf.remove(caller.subject(), draft.id());
  }
}
