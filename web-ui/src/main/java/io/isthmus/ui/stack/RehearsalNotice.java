package io.isthmus.ui.stack;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.insurance.Rehearsal;
import io.isthmus.domain.insurance.RehearsalRun;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.widget.Mark;

/** That the loss of a cloud is being played for the stack, and how far that is. */
class RehearsalNotice extends Notice {

  private static final long serialVersionUID = 1L;

  /**
   * @param mayChange whether the reader may have it moved back
   */
  RehearsalNotice(
      Rehearsal rehearsal, RehearsalRun run, String title, boolean mayChange, Runnable moveBack) {
    super(Mark.PROGRESS, title);
    add(new Paragraph(run.why().in(Reader.locale())));
    Div actions =
        new Div(
            new Anchor(
                "/stacks/" + rehearsal.stack() + "/rehearsals/" + rehearsal.id(),
                getTranslation("rehearsal.report")));
    if (mayChange && run.mayReturn()) {
      actions.add(new Button(getTranslation("rehearsal.return"), click -> moveBack.run()));
    }
    actions.addClassName("actions");
    add(actions);
  }
}
