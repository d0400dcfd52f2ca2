package io.isthmus.ui.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.SignInTerm;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.element.Reader;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells some minutes before that the sign-in ends for good, and offers to sign in anew: that leads
 * back to the same page, where what was typed is kept. When it has ended, the page is told by
 * itself, before somebody types into it in vain.
 */
class SignInWatch extends Div {

  private static final long serialVersionUID = 1L;

  /** By the wall clock, because timers stand still while a computer sleeps. */
  private static final String LOOK_AGAIN =
      """
      const watch = this;
      const due = Date.now() + $0;
      clearInterval(watch.$waiting);
      watch.$waiting = setInterval(() => {
        if (watch.isConnected && Date.now() < due) return;
        clearInterval(watch.$waiting);
        if (watch.isConnected) watch.$server.look();
      }, 1000);
      """;

  private static final String SIGN_IN_AGAIN =
      "location.assign('/sign-in-again?to=' + encodeURIComponent(location.pathname + location.search))";

  private final transient Callers callers;

  SignInWatch(Callers callers) {
    this.callers = callers;
    setId("sign-in-watch");
    getElement().setAttribute("role", "alert");
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    look();
  }

  /** Warns if it is time; looks again when it will be, and at the end. */
  @ClientCallable
  void look() {
    callers.signInTerm().ifPresent(term -> look(term, Instant.now()));
  }

  private void look(SignInTerm term, Instant now) {
    boolean ending = !now.isBefore(term.lastCall());
    removeAll();
    if (ending) {
      warn(term, now);
    }
    Instant next = ending ? term.ends() : term.lastCall();
    // One second more: what is due has come by then.
    getElement()
        .executeJs(LOOK_AGAIN, (double) Math.max(0, Duration.between(now, next).toMillis()) + 1000);
  }

  private void warn(SignInTerm term, Instant now) {
    Formats formats = Reader.formats();
    Span words =
        new Span(
            getTranslation(
                "shell.sign-in-ends",
                formats.compact(term.ends(), now),
                formats.until(term.ends(), now)));
    Button again =
        new Button(
            getTranslation("shell.sign-in-again"),
            click -> getUI().ifPresent(ui -> ui.getPage().executeJs(SIGN_IN_AGAIN)));
    again.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_PRIMARY);
    add(words, again);
  }
}
