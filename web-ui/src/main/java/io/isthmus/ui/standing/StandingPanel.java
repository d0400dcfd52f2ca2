package io.isthmus.ui.standing;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.PolicyCompletions;
import io.isthmus.domain.placement.PolicyParser;
import io.isthmus.domain.placement.PolicyScope;
import io.isthmus.domain.placement.StandingPolicies;
import io.isthmus.domain.placement.StandingPolicy;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.template.CheckedEditor;
import io.isthmus.ui.template.Diagnostics;

/** The policy of one scope, to read or to change. What was written is kept until it is saved. */
class StandingPanel extends Div {

  private static final long serialVersionUID = 1L;

  private final transient StandingPolicies policies;
  private final transient Caller caller;
  private final transient PolicyScope scope;
  private final transient CheckedEditor editor;
  private final Div notice = new Div();
  private final Paragraph changed = new Paragraph();
  private final Button save = new Button();
  private final Button discard = new Button();
  private transient StandingPolicy known;

  /**
   * @param names that may be written
   */
  StandingPanel(
      StandingPolicies policies, PolicyScope scope, Caller caller, PolicyCompletions.Names names) {
    this.policies = policies;
    this.scope = scope;
    this.caller = caller;
    this.known = policies.of(scope, caller);
    addClassName("stack");
    PolicyParser parser = new PolicyParser();
    editor =
        new CheckedEditor(
                getTranslation("new.policy-editor"), known.text(), parser::parse, text -> refresh())
            .completing((text, line, column) -> PolicyCompletions.at(text, line, column, names));
    changed.addClassNames("quiet", "small");
    boolean writer = policies.mayChange(scope, caller);
    editor.setReadOnly(!writer);
    editor.setVisible(writer || !known.text().isBlank());
    save.setText(getTranslation("standing.save"));
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    save.addClickListener(click -> ask());
    discard.setText(getTranslation("standing.discard"));
    discard.addClickListener(
        click -> {
          notice.removeAll();
          known = policies.of(scope, caller);
          editor.replace(known.text());
          refresh();
        });
    Div buttons = new Div(save, discard);
    buttons.addClassName("row");
    buttons.setVisible(writer);
    add(notice, changed, editor, buttons);
    if (!writer) {
      Paragraph who =
          new Paragraph(
              getTranslation(
                  scope.tenant().isPresent() ? "standing.by-tenant" : "standing.by-federation"));
      who.addClassNames("quiet", "small");
      add(who);
    }
    refresh();
  }

  private void refresh() {
    boolean same = editor.written().equals(known.text());
    save.setEnabled(!same);
    discard.setEnabled(!same);
    changed.setText(
        known.changedAt().isPresent()
            ? getTranslation(
                "standing.changed",
                known.changedBy().orElse(""),
                Reader.formats().dateTime(known.changedAt().get()))
            : getTranslation("standing.never"));
  }

  /** It binds others: what it does is said before. */
  private void ask() {
    notice.removeAll();
    boolean empty = editor.written().isBlank();
    if (!empty && !editor.check()) {
      return;
    }
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader(getTranslation(empty ? "standing.remove-title" : "standing.save-title"));
    dialog.setText(
        getTranslation(
            scope.equals(PolicyScope.DEFAULT)
                ? "standing.effect-default"
                : empty ? "standing.effect-none" : "standing.effect",
            scope.tenant().orElse("")));
    dialog.setCancelable(true);
    dialog.setCancelText(getTranslation("shell.cancel"));
    dialog.setConfirmText(getTranslation(empty ? "standing.remove" : "standing.save"));
    dialog.addConfirmListener(confirm -> save(empty ? "" : editor.written()));
    dialog.open();
  }

  private void save(String text) {
    try {
      known = policies.change(scope, text, known.version(), caller);
      editor.replace(known.text());
      refresh();
      Notification.show(getTranslation("standing.saved"));
    } catch (FederationFault fault) {
      // What was written stays, to be mended.
      notice.add(Notice.of(fault));
      if (!fault.violations().isEmpty()) {
        editor.show(Diagnostics.of(fault, Reader.locale()));
      }
    }
  }
}
