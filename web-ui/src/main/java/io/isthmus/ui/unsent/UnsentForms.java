package io.isthmus.ui.unsent;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.unsent.UnsentTexts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The texts of forms that their persons have not sent yet: there again when the form is opened
 * next, after signing in anew and on another server too. On signing out they are forgotten, as a
 * credential may be among them.
 */
@ApplicationScoped
public class UnsentForms {

  private UnsentTexts texts;

  @Inject
  public UnsentForms(UnsentTexts texts) {
    this.texts = texts;
  }

  /** For the container's proxies. */
  protected UnsentForms() {}

  /**
   * @param name what it is about, such as {@code clouds/gra/facts}
   */
  public UnsentForm of(Caller caller, String name) {
    return new UnsentForm(texts, caller.subject(), name);
  }

  /** Everything of a person. */
  public void forgetAll(Caller caller) {
    texts.removeAll(caller.subject(), UnsentTexts.Shelf.FORM);
  }
}
