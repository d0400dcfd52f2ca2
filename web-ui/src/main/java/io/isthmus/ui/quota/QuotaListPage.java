package io.isthmus.ui.quota;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.unsent.UnsentForm;
import io.isthmus.ui.unsent.UnsentForms;
import java.util.Locale;
import java.util.stream.Stream;

/** A list about the quotas of all tenants, for administrators, as the address asks for it. */
abstract class QuotaListPage<T> extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private final transient Callers callers;
  private final transient UnsentForms forms;
  private final String address;
  private transient Caller caller;

  /**
   * @param address under which forms keep what is typed, and whose messages name the page
   */
  QuotaListPage(Callers callers, UnsentForms forms, String address) {
    this.callers = callers;
    this.forms = forms;
    this.address = address;
    setPageTitle(getTranslation(address + ".title"));
    setSentence(getTranslation(address + ".sentence"));
  }

  /** What is listed. */
  protected abstract ListPanel<T> list();

  /** Reads anew what is shown; known is who reads. */
  protected void look() {
    // Most is read by the list itself.
  }

  @Override
  public final void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    look();
    list().show(ListState.of(event.getLocation().getQueryParameters()));
  }

  protected final void refresh() {
    look();
    list().refresh();
  }

  protected final Caller caller() {
    return caller;
  }

  /** What was typed in a form of this page. */
  protected final UnsentForm form(String name) {
    return forms.of(caller, address + name);
  }

  /** Whether one of the texts has what is searched for. */
  protected static boolean says(ListState asked, String... texts) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    return Stream.of(texts).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }
}
