package io.isthmus.ui.newstack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.domain.sample.Sample;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.TemplateCompletions;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Strong;
import io.isthmus.ui.template.CheckedEditor;
import io.isthmus.ui.template.TextUpload;
import io.isthmus.ui.widget.Mark;
import java.util.List;
import java.util.Map;

/** The template: a sample, a file, or written here. */
class TemplateStep extends StepContent {

  private static final long serialVersionUID = 1L;

  private static final String[] TEXTS = {
    ".yaml", ".yml", ".json", ".hot", ".env", ".template", "text/*"
  };

  private final transient Draft draft;
  private final CheckedEditor editor;
  private final EnvironmentPanel environment;
  private final Div files = new Div();
  private final Div notice = new Div();
  private final Div undo = new Div();
  private final Div head;
  private final NativeDetails gallery = new NativeDetails();
  private final transient List<Sample> samples;
  private final transient StackNames names;

  /**
   * @param names that the project's stacks have
   */
  TemplateStep(Draft draft, List<Sample> samples, Saving saving, StackNames names) {
    this.draft = draft;
    this.names = names;
    this.samples = samples;
    this.editor =
        new CheckedEditor(
                getTranslation("new.template-editor"), draft.template(), this::find, this::write)
            .completing(
                (text, line, column) ->
                    TemplateCompletions.at(
                        new TemplateSource(text, draft.files(), registry()), line, column));
    List<SavedItem> saved = saving.list(ItemKind.TEMPLATE);
    if (!saved.isEmpty()) {
      add(new H2(getTranslation("library.take")), saved(saved));
    }
    gallery.addClassName("gallery");
    gallery.setOpen(draft.template().isBlank() && draft.written().isEmpty());
    showSamples();
    add(gallery);
    boolean isWritten = draft.written().filter(ItemKind.TEMPLATE::equals).isPresent();
    Div tools = new Div();
    if (!isWritten) {
      // There, saving is what the page is for, and stands at its foot.
      tools.add(saving.button(ItemKind.TEMPLATE));
    }
    tools.add(upload());
    tools.addClassName("row");
    head = new Div(new H2(getTranslation("new.template-editor")), tools);
    head.addClassNames("row", "between", "editor-head");
    head.getElement().setAttribute("tabindex", "-1");
    add(head, notice, undo, editor);
    files.addClassName("stack");
    add(new H2(getTranslation("new.files")), filesHelp(), filesUpload(), files);
    environment = environment();
    add(environment);
    showFiles();
    if (isWritten) {
      editor.begin();
    }
  }

  /** What was told of another text goes. */
  private void write(String text) {
    draft.setTemplate(text);
    notice.removeAll();
  }

  /** A mistake in the environment shows there. */
  private void find(String text) {
    new HotParser().parse(new TemplateSource(text, draft.files(), registry()));
  }

  private Map<String, String> registry() {
    try {
      return draft.settings().registry();
    } catch (FederationFault fault) {
      return Map.of();
    }
  }

  private Component saved(List<SavedItem> items) {
    Div row = new Div();
    row.addClassName("row");
    for (SavedItem item : items) {
      Button take = new Button(item.name(), click -> take(item.name(), () -> draft.take(item)));
      take.addThemeVariants(ButtonVariant.LUMO_SMALL);
      take.setAriaLabel(getTranslation("library.use-that", item.name()));
      if (!item.description().isBlank()) {
        take.setTooltipText(item.description());
      }
      row.add(take);
    }
    return row;
  }

  /** Takes something as the template: what can be taken makes room for it. */
  private void take(String name, Runnable change) {
    boolean isFirst = draft.isBlank();
    replace(getTranslation("new.replaced", name), change);
    gallery.setOpen(false);
    if (isFirst) {
      undo.add(
          new Notice(Mark.COMPLETE, "", new Paragraph(getTranslation("new.taken-that", name))));
    }
  }

  /** Changes what is there, which can be brought back. */
  private void replace(String told, Runnable change) {
    notice.removeAll();
    Draft before = draft.copy();
    change.run();
    refresh();
    undo.removeAll();
    // Not the editor itself: there, Tab would write. Whoever is in it stays.
    head.getElement()
        .executeJs(
            "this.scrollIntoView({block: 'start'});"
                + " if (!document.activeElement?.closest('isthmus-editor')) {"
                + " this.focus({preventScroll: true}); }");
    if (before.isBlank()) {
      return;
    }
    Button back =
        new Button(
            getTranslation("new.bring-back"),
            click -> replace(getTranslation("new.brought-back"), () -> draft.become(before)));
    back.addThemeVariants(ButtonVariant.LUMO_SMALL);
    Div row = new Div(new Paragraph(told), back);
    row.addClassNames("row", "between");
    undo.add(new Notice(Mark.COMPLETE, "", row));
  }

  private void refresh() {
    environment.refresh();
    editor.replace(draft.template());
    showSamples();
    showFiles();
  }

  private void showSamples() {
    Span taken =
        new Span(
            samples.stream()
                .filter(draft::isFrom)
                .map(sample -> getTranslation("new.taken-is", title(sample)))
                .findFirst()
                .orElse(""));
    taken.addClassName("quiet");
    gallery.setSummary(new H2(getTranslation("new.take-sample")), taken);
    Div cards = new Div();
    cards.addClassName("cards");
    samples.forEach(sample -> cards.add(card(sample)));
    gallery.setContent(cards);
  }

  private Component card(Sample sample) {
    boolean isTaken = draft.isFrom(sample);
    Button take =
        new Button(
            getTranslation(isTaken ? "new.take-again" : "new.take"),
            click -> take(title(sample), () -> draft.take(sample, names)));
    take.addThemeVariants(ButtonVariant.LUMO_SMALL);
    take.setAriaLabel(
        getTranslation(isTaken ? "new.take-that-again" : "new.take-that", title(sample)));
    Div head = new Div(new Strong(title(sample)), take);
    head.addClassName("card-head");
    Paragraph words = new Paragraph(sample.description().in(Reader.locale()));
    words.addClassNames("quiet", "small");
    Div card = new Div(head, words);
    card.addClassNames("panel", "card");
    if (isTaken) {
      card.addComponentAtIndex(1, new StateBadge(Mark.COMPLETE, getTranslation("new.taken")));
    }
    return card;
  }

  private static String title(Sample sample) {
    return sample.title().in(Reader.locale());
  }

  private Component upload() {
    TextUpload upload =
        new TextUpload(
            getTranslation("new.upload-template"),
            (name, text) -> take(name, () -> draft.takeTemplate(text)),
            this::tell);
    upload.setAcceptedFileTypes(TEXTS);
    return upload;
  }

  private Component filesHelp() {
    Paragraph words = new Paragraph(getTranslation("new.files-help"));
    words.addClassName("quiet");
    return words;
  }

  private Component filesUpload() {
    return new TextUpload(
        getTranslation("new.add-files"),
        (name, text) -> {
          notice.removeAll();
          if (draft.files().containsKey(name)) {
            replace(getTranslation("new.replaced", name), () -> draft.addFile(name, text));
          } else {
            draft.addFile(name, text);
            showFiles();
          }
          check();
        },
        this::tell);
  }

  private EnvironmentPanel environment() {
    TextUpload upload =
        new TextUpload(
            getTranslation("new.upload-environment"),
            (name, text) ->
                replace(getTranslation("new.replaced", name), () -> draft.setEnvironment(text)),
            this::tell);
    upload.setAcceptedFileTypes(TEXTS);
    return new EnvironmentPanel(draft, () -> editor.check(), upload);
  }

  /** Each may be wrong because of the other. */
  private boolean check() {
    boolean right = editor.check();
    return environment.check() && right;
  }

  private void tell(String words) {
    notice.removeAll();
    notice.add(new Notice(Mark.FAILED, "", new Paragraph(words)));
    notice.getElement().executeJs("this.scrollIntoView({block: 'center'})");
  }

  private void showFiles() {
    files.removeAll();
    for (String name : List.copyOf(draft.files().keySet())) {
      Span label = new Span(name);
      label.addClassName("mono");
      Button remove =
          new Button(
              getTranslation("new.remove-file"),
              click -> {
                replace(getTranslation("new.file-removed", name), () -> draft.removeFile(name));
                check();
              });
      remove.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
      remove.setAriaLabel(getTranslation("new.remove-that", name));
      Div row = new Div(label, remove);
      row.addClassName("row");
      files.add(row);
    }
  }

  @Override
  boolean isReady() {
    notice.removeAll();
    if (draft.template().isBlank()) {
      // Of one that was emptied since.
      undo.removeAll();
      tell(getTranslation("new.template-missing"));
      return false;
    }
    boolean right = check();
    if (!right) {
      editor.showMistakes();
    }
    return right;
  }
}
