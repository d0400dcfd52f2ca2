package io.isthmus.ui.unsent;

import io.isthmus.domain.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * The texts of forms that their persons have not sent yet: there again when the form is opened
 * next, after signing in anew too. On signing out they are forgotten, as a credential may be among
 * them.
 */
@ApplicationScoped
public class UnsentForms {

  /** Characters, of all people together. */
  private static final long HEAVIEST = 16L * 1024 * 1024;

  private final Shelf<Map<String, String>> shelf = new Shelf<>(UnsentForms::characters, HEAVIEST);

  private static long characters(Map<String, String> texts) {
    return texts.values().stream().mapToLong(String::length).sum();
  }

  /**
   * @param name what it is about, such as {@code clouds/gra/facts}
   */
  public UnsentForm of(Caller caller, String name) {
    return new UnsentForm(shelf, caller.subject(), name);
  }

  /** Everything of a person. */
  public void forgetAll(Caller caller) {
    shelf.removeAll(caller.subject());
  }
}
