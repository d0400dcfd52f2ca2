package io.isthmus.ui.stack;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.probe.CloudLoss;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.widget.Mark;

/** What is known of a cloud that does not answer, and what is being done. */
class LossNotice extends Notice {

  private static final long serialVersionUID = 1L;

  /**
   * @param title names the cloud
   * @param acted whether what is done about it is told beside this
   */
  LossNotice(String title, CloudLoss loss, boolean acted) {
    super(loss.verdict() == CloudLoss.Verdict.BOTH ? Mark.FAILED : Mark.DEGRADED, title);
    add(
        new Paragraph(
            new Span(getTranslation("loss.since") + " "), Moment.absolute(loss.silentSince())),
        new Paragraph(
            getTranslation(
                "loss." + loss.verdict().text().replace('_', '-'),
                loss.probed(),
                loss.answering(),
                loss.failing())));
    if (!acted) {
      add(new Paragraph(getTranslation("loss.doing")));
    }
  }
}
