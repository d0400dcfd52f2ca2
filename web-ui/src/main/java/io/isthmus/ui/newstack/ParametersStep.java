package io.isthmus.ui.newstack;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.sample.SampleWords;
import io.isthmus.domain.stack.CreateStack;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.template.KnownName;
import io.isthmus.ui.template.ParameterForm;
import io.isthmus.ui.widget.Mark;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The stack's name, and the parameters that the template asks for. */
class ParametersStep extends StepContent {

  private static final long serialVersionUID = 1L;

  private final transient Draft draft;
  private final transient ProjectId project;
  private final transient HotTemplate template;
  private final TextField name = new TextField();
  private final ParameterForm form;
  private final Div notice = new Div();
  private final Div proposal = new Div();
  private final transient StackNames names;

  /**
   * @param names that the project's stacks have
   * @param known the names that a parameter with a custom constraint may be given
   * @param next goes on, when all is right
   */
  ParametersStep(
      Draft draft,
      ProjectId project,
      HotTemplate template,
      StackNames names,
      Function<String, List<KnownName>> known,
      Runnable next) {
    this.draft = draft;
    this.project = project;
    this.names = names;
    this.template = template;
    SampleWords words = new SampleWords(draft.sample(), Reader.locale());
    this.form =
        new ParameterForm(
            template,
            draft.settings().valuesFor(template),
            draft.parameters(),
            draft.keptSecrets(template),
            words,
            known,
            this::changed);
    name.setLabel(getTranslation("new.name"));
    name.setHelperText(getTranslation("new.name-help"));
    name.setRequiredIndicatorVisible(true);
    name.setValue(draft.name());
    name.setId("stack-name");
    name.addClassName("name-field");
    name.addValueChangeListener(
        change -> {
          draft.setName(change.getValue());
          name.setInvalid(false);
          checkName();
        });
    // One that was taken over, of a plan for instance.
    if (!draft.name().isEmpty() && isNew()) {
      checkName();
    }
    Enter.in(name, next);
    form.onEnter(next);
    if (!template.description().isBlank()) {
      Paragraph says = new Paragraph(words.description(template.description()).strip());
      says.addClassName("sentence");
      add(says);
    }
    add(notice);
    if (isNew()) {
      add(new Div(name, proposal));
    }
    if (form.isEmpty()) {
      add(new Paragraph(getTranslation("new.no-parameters")));
    } else {
      add(new H2(getTranslation("new.parameters")), form);
    }
  }

  /** A stack that is there keeps its name. */
  private boolean isNew() {
    return draft.updated().isEmpty();
  }

  /** Checks on leaving a field: its own mistake shows; others wait until they were visited. */
  private void changed(String parameter, Optional<String> value) {
    draft.setParameter(parameter, value);
    if (form == null) {
      // A switch without a default says so while the form is made.
      return;
    }
    form.show(
        mistakes().stream()
            .filter(violation -> violation.pointer().equals("parameters." + parameter))
            .toList(),
        false);
  }

  private boolean checkName() {
    proposal.removeAll();
    try {
      CreateStack.requireName(draft.name());
      if (names.isTaken(draft.name())) {
        name.setErrorMessage(getTranslation("new.name-taken", draft.name()));
        name.setInvalid(true);
        propose(names.free(draft.name()));
        return false;
      }
      name.setInvalid(false);
      return true;
    } catch (FederationFault fault) {
      name.setErrorMessage(
          draft.name().isEmpty()
              ? getTranslation("new.name-missing")
              : Notice.message(fault.violations().get(0), Reader.locale()));
      name.setInvalid(true);
      return false;
    }
  }

  private void propose(String free) {
    Button take =
        new Button(
            getTranslation("new.name-free", free),
            click -> {
              name.setValue(free);
              name.focus();
            });
    take.addThemeVariants(ButtonVariant.LUMO_SMALL);
    proposal.add(take);
  }

  private List<Violation> mistakes() {
    try {
      draft.check(project, template);
      return List.of();
    } catch (FederationFault fault) {
      return fault.violations();
    }
  }

  @Override
  boolean isReady() {
    notice.removeAll();
    boolean named = !isNew() || checkName();
    List<Violation> mistakes = mistakes();
    List<Violation> others = form.show(mistakes, true);
    if (!others.isEmpty()) {
      UnorderedList list = new UnorderedList();
      others.forEach(violation -> list.add(new ListItem(Notice.words(violation, Reader.locale()))));
      notice.add(new Notice(Mark.FAILED, getTranslation("new.parameters-wrong"), list));
    }
    if (!named) {
      name.focus();
    }
    return named && mistakes.isEmpty();
  }
}
