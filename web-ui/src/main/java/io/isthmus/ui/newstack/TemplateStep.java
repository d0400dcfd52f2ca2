package io.isthmus.ui.newstack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import io.isthmus.domain.sample.Sample;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.TemplateCompletions;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Strong;
import io.isthmus.ui.template.CheckedEditor;
import io.isthmus.ui.widget.Mark;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The template: a sample, a file, or written here. */
class TemplateStep extends StepContent {

  private static final long serialVersionUID = 1L;

  /** As the parser bounds it. */
  private static final int MOST_BYTES = 512 * 1024;

  private final transient Draft draft;
  private final CheckedEditor editor;
  private final Div files = new Div();
  private final Div notice = new Div();

  TemplateStep(Draft draft, List<Sample> samples) {
    this.draft = draft;
    HotParser parser = new HotParser();
    this.editor =
        new CheckedEditor(
                getTranslation("new.template-editor"),
                draft.template(),
                text -> parser.parse(new TemplateSource(text, draft.files())),
                draft::setTemplate)
            .completing(TemplateCompletions::at);
    add(new H2(getTranslation("new.take-sample")), cards(samples));
    Div head = new Div(new H2(getTranslation("new.template-editor")), upload());
    head.addClassNames("row", "between");
    add(head, notice, editor);
    files.addClassName("stack");
    add(new H2(getTranslation("new.files")), filesHelp(), filesUpload(), files);
    showFiles();
  }

  private Component cards(List<Sample> samples) {
    Div cards = new Div();
    cards.addClassName("even");
    for (Sample sample : samples) {
      Button take =
          new Button(
              getTranslation("new.take"),
              click -> {
                draft.take(sample);
                editor.replace(draft.template());
                showFiles();
              });
      take.addThemeVariants(ButtonVariant.LUMO_SMALL);
      take.setAriaLabel(getTranslation("new.take-that", sample.title().in(Reader.locale())));
      Paragraph words = new Paragraph(sample.description().in(Reader.locale()));
      words.addClassName("quiet");
      Div body = new Div(new Strong(sample.title().in(Reader.locale())), words, take);
      body.addClassNames("body", "stack");
      Div card = new Div(body);
      card.addClassName("panel");
      cards.add(card);
    }
    return cards;
  }

  private Component upload() {
    Upload upload = upload(false);
    upload.setUploadHandler(
        UploadHandler.inMemory((metadata, bytes) -> takeTemplate(metadata.fileName(), bytes)));
    upload.setAcceptedFileTypes(".yaml", ".yml", ".json", ".hot", ".template", "text/*");
    return upload;
  }

  private Component filesHelp() {
    Paragraph words = new Paragraph(getTranslation("new.files-help"));
    words.addClassName("quiet");
    return words;
  }

  private Component filesUpload() {
    Upload upload = upload(true);
    upload.setUploadHandler(
        UploadHandler.inMemory((metadata, bytes) -> takeFile(metadata.fileName(), bytes)));
    return upload;
  }

  private Upload upload(boolean many) {
    Upload upload = new Upload();
    upload.setMaxFileSize(MOST_BYTES);
    upload.setDropAllowed(true);
    Button button = new Button(getTranslation(many ? "new.add-files" : "new.upload-template"));
    upload.setUploadButton(button);
    upload.setDropLabel(new Span(getTranslation("new.drop")));
    upload.addClassName("plain-upload");
    // What was taken shows below; a list of files would tell it twice.
    upload.addAllFinishedListener(finished -> upload.clearFileList());
    upload.addFileRejectedListener(
        rejected -> tell(getTranslation("new.file-rejected", MOST_BYTES / 1024)));
    return upload;
  }

  private void takeTemplate(String name, byte[] bytes) {
    text(name, bytes).ifPresent(editor::replace);
    draft.setTemplate(editor.written());
  }

  private void takeFile(String name, byte[] bytes) {
    text(name, bytes).ifPresent(text -> draft.files().put(name, text));
    showFiles();
    editor.check();
  }

  private Optional<String> text(String name, byte[] bytes) {
    notice.removeAll();
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      tell(getTranslation("new.file-not-text", name));
      return Optional.empty();
    }
  }

  private void tell(String words) {
    notice.removeAll();
    notice.add(new Notice(Mark.FAILED, "", new Paragraph(words)));
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
                draft.files().remove(name);
                showFiles();
                editor.check();
              });
      remove.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
      Div row = new Div(label, remove);
      row.addClassName("row");
      files.add(row);
    }
  }

  @Override
  boolean isReady() {
    notice.removeAll();
    if (draft.template().isBlank()) {
      tell(getTranslation("new.template-missing"));
      return false;
    }
    return editor.check();
  }
}
