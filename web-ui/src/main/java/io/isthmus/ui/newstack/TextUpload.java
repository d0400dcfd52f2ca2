package io.isthmus.ui.newstack;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Takes files that are text; what was taken shows elsewhere. */
class TextUpload extends Upload {

  private static final long serialVersionUID = 1L;

  /** As the parsers bound it. */
  private static final int MOST_BYTES = 512 * 1024;

  private final transient BiConsumer<String, String> taken;
  private final transient Consumer<String> refused;

  /**
   * @param label of the button
   * @param taken is told name and text
   * @param refused is told why, in words
   */
  TextUpload(String label, BiConsumer<String, String> taken, Consumer<String> refused) {
    this.taken = taken;
    this.refused = refused;
    setMaxFileSize(MOST_BYTES);
    setDropAllowed(true);
    setUploadButton(new Button(label));
    setDropLabel(new Span(getTranslation("new.drop")));
    addClassName("plain-upload");
    // What was taken shows elsewhere; a list of files would tell it twice.
    addAllFinishedListener(finished -> clearFileList());
    addFileRejectedListener(
        rejected -> refused.accept(getTranslation("new.file-rejected", MOST_BYTES / 1024)));
    setUploadHandler(UploadHandler.inMemory((metadata, bytes) -> take(metadata.fileName(), bytes)));
  }

  private void take(String name, byte[] bytes) {
    try {
      taken.accept(
          name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      refused.accept(getTranslation("new.file-not-text", name));
    }
  }
}
