package io.isthmus.ui.audit;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.audit.AuditEntry;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.AuditSearch;
import io.isthmus.domain.audit.Hash;
import io.isthmus.domain.audit.InclusionProof;
import io.isthmus.domain.audit.Seal;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Snippet;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.stream.Collectors;

/** One record: what it tells, the text that was hashed, and the proof that it is in the log. */
@RouteScoped
@Route(value = "audit/:position", layout = MainLayout.class)
public class AuditRecordView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private final transient Callers callers;
  private final transient AuditSearch search;
  private final transient AuditWords words = new AuditWords(this);

  @Inject
  AuditRecordView(Callers callers, AuditSearch search) {
    this.callers = callers;
    this.search = search;
    setBreadcrumb(new Anchor("/" + AuditView.ADDRESS, getTranslation("audit.title")));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    Caller caller = callers.current();
    long position = position(event.getRouteParameters().get("position").orElse(""));
    AuditEntry entry = search.require(position, caller);
    AuditRecord record = entry.record();
    setPageTitle(record.action() + " " + record.target().type());
    setBeside(words.badge(record));
    Div content =
        new Div(
            facts(entry.position(), record),
            new H2(getTranslation("audit.cadf")),
            new Snippet(entry.text(), getTranslation("audit.copy-cadf")),
            new H2(getTranslation("audit.proof")));
    proof(search.inclusion(position, caller), content);
    content.addClassName("stack-wide");
    setContent(content);
  }

  /** What is no position is told like one at which nothing is. */
  private static long position(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw FederationFault.notFound("audit-record", text);
    }
  }

  private Component facts(long position, AuditRecord record) {
    Facts facts =
        new Facts()
            .fact(getTranslation("event.time"), Moment.absolute(record.at()))
            .fact(getTranslation("audit.who"), words.who(record))
            .fact(getTranslation("audit.face"), words.face(record.face()));
    record
        .project()
        .ifPresent(project -> facts.fact(getTranslation("audit.project"), project.toString()));
    facts.fact(getTranslation("audit.act"), record.action());
    if (record.target().id().isEmpty()) {
      facts.fact(getTranslation("audit.target"), record.target().type());
    } else {
      facts.fact(
          getTranslation("audit.target"),
          new Paragraph(record.target().type()),
          new Copyable(record.target().id()));
    }
    if (record.where().isPresent()) {
      facts.fact(getTranslation("part.where"), AuditWords.where(record));
    }
    record.reason().ifPresent(reason -> facts.fact(getTranslation("audit.reason"), reason.words()));
    return facts
        .fact(getTranslation("event.request"), new Copyable(record.request().text()))
        .fact(getTranslation("audit.position"), Long.toString(position));
  }

  private void proof(InclusionProof proof, Div content) {
    Seal seal = proof.seal();
    content.add(
        new StateBadge(
            proof.holds() ? Mark.COMPLETE : Mark.FAILED,
            getTranslation(proof.holds() ? "audit.proof-holds" : "audit.proof-fails")),
        new Paragraph(getTranslation("audit.proof-words")),
        new Facts()
            .fact(getTranslation("audit.leaf"), new Copyable(proof.leaf().toString()))
            .fact(getTranslation("audit.root"), new Copyable(seal.root().toString()))
            .fact(
                getTranslation("audit.seal"),
                getTranslation("audit.seal-words", Long.toString(seal.number()), seal.key())),
        new Snippet(
            proof.path().stream().map(Hash::toString).collect(Collectors.joining("\n")),
            getTranslation("audit.copy-path")));
  }
}
