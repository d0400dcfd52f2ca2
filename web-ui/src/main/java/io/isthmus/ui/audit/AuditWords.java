package io.isthmus.ui.audit;

import com.vaadin.flow.component.Component;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.widget.Mark;

/** What the records' parts are called on the page of a component. */
record AuditWords(Component page) {

  String outcome(AuditRecord.Outcome outcome) {
    return page.getTranslation("audit.outcome-" + outcome);
  }

  StateBadge badge(AuditRecord record) {
    Mark mark =
        switch (record.outcome()) {
          case SUCCESS -> Mark.COMPLETE;
          case FAILURE -> Mark.FAILED;
          case PENDING -> Mark.PROGRESS;
          case UNKNOWN -> Mark.UNKNOWN;
        };
    return new StateBadge(mark, outcome(record.outcome()));
  }

  String face(Face face) {
    return page.getTranslation("audit.face-" + face);
  }

  /** Who asked. */
  String who(AuditRecord record) {
    return record
        .actor()
        .map(AuditRecord.Actor::name)
        .orElseGet(
            () ->
                page.getTranslation(
                    record.face() == Face.ENGINE ? "audit.who-engine" : "audit.who-nobody"));
  }

  /** In the form {@code gra/GRA-1}. */
  static String where(AuditRecord record) {
    return record
        .where()
        .map(where -> where.cloud() + where.region().map(region -> "/" + region).orElse(""))
        .orElse("");
  }
}
