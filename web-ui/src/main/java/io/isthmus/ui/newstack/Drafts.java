package io.isthmus.ui.newstack;

import com.vaadin.flow.component.UI;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.database.Sql;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.unsent.UnsentTexts;
import io.isthmus.domain.unsent.UnsentTexts.Kept;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Everybody's drafts, so that nothing typed is lost by going back, opening another page, loading
 * this one again, signing in anew or coming to another server. Each has an address; two tabs have
 * two drafts. To all but its person a draft is one that does not exist.
 *
 * <p>What a browser was answered is kept in the database. Windows that show the same draft share
 * the one that this server has at hand, as long as no other server has changed it.
 */
@ApplicationScoped
public class Drafts {

  private static final Logger LOG = Logger.getLogger(Drafts.class.getName());

  private static final int ID_LENGTH = 8;

  /** Characters, of all people together, at hand of this server. */
  private static final long HEAVIEST = 64L * 1024 * 1024;

  private final Shelf<AtHand> shelf = new Shelf<>(each -> each.draft.size(), HEAVIEST);

  private UnsentTexts texts;

  /** A draft, and how far it is kept. */
  private static final class AtHand {
    private final Draft draft;
    private UUID stamp;
    private boolean isChanged;
    private boolean isOver;

    private AtHand(Draft draft, UUID stamp) {
      this.draft = draft;
      this.stamp = stamp;
    }
  }

  @Inject
  Drafts(UnsentTexts texts) {
    this.texts = texts;
  }

  /** For the container's proxies. */
  protected Drafts() {}

  Draft begin(Caller caller) {
    return begin(caller, Optional.empty());
  }

  /** What a stack that is there shall be instead. */
  Draft begin(Caller caller, StackId updated) {
    return begin(caller, Optional.of(updated));
  }

  private Draft begin(Caller caller, Optional<StackId> updated) {
    Draft draft = new Draft(UUID.randomUUID().toString().substring(0, ID_LENGTH), updated);
    return hold(caller, new AtHand(draft, write(caller, draft)));
  }

  private Draft hold(Caller caller, AtHand held) {
    shelf.put(caller.subject(), held.draft.id(), held);
    held.draft.onChange(() -> changed(caller, held));
    return held.draft;
  }

  Optional<Draft> find(Caller caller, String id) {
    Optional<Kept> kept = texts.find(caller.subject(), UnsentTexts.Shelf.DRAFT, id);
    if (kept.isEmpty()) {
      letGo(caller, id);
      return Optional.empty();
    }
    Optional<AtHand> held =
        shelf
            .find(caller.subject(), id)
            .filter(each -> each.stamp.equals(kept.get().stamp()) || each.isChanged);
    // It has grown, perhaps: it is weighed anew.
    held.ifPresent(each -> shelf.put(caller.subject(), id, each));
    return held.map(each -> each.draft).or(() -> read(caller, id, kept.get()));
  }

  /** Another version may have written what this one does not understand. */
  private Optional<Draft> read(Caller caller, String id, Kept kept) {
    try {
      Draft draft = Draft.of(Sql.object(kept.text()));
      return Optional.of(hold(caller, new AtHand(draft, kept.stamp())));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the draft " + id + " cannot be read", e);
      return Optional.empty();
    }
  }

  /** Its stack was created. */
  void end(Caller caller, Draft draft) {
    letGo(caller, draft.id());
    texts.remove(caller.subject(), UnsentTexts.Shelf.DRAFT, draft.id());
  }

  /** A window that still shows it does not bring it back. */
  private void letGo(Caller caller, String id) {
    shelf.find(caller.subject(), id).ifPresent(held -> held.isOver = true);
    shelf.remove(caller.subject(), id);
  }

  /** Kept before the browser is answered, once however much has changed. */
  private void changed(Caller caller, AtHand held) {
    held.isChanged = true;
    UI ui = UI.getCurrent();
    if (ui == null) {
      keep(caller, held);
    } else {
      ui.beforeClientResponse(ui, answer -> keep(caller, held));
    }
  }

  /** What cannot be kept now is tried again with the next change. */
  private void keep(Caller caller, AtHand held) {
    if (!held.isChanged || held.isOver) {
      return;
    }
    try {
      held.stamp = write(caller, held.draft);
      held.isChanged = false;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the draft " + held.draft.id() + " is not kept", e);
    }
  }

  private UUID write(Caller caller, Draft draft) {
    return texts.put(
        caller.subject(), UnsentTexts.Shelf.DRAFT, draft.id(), draft.json().toString());
  }
}
