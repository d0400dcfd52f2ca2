package io.isthmus.ui.template;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.server.streams.UploadHandler;
import io.isthmus.domain.yaml.YamlReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Takes files that are text; what was taken shows elsewhere. */
public class TextUpload extends Upload {

  private static final long serialVersionUID = 1L;
  private static final int BYTES_IN_KIB = 1024;

  private final transient BiConsumer<String, String> taken;
  private final transient Consumer<String> refused;

  /**
   * @param label of the button
   * @param taken is told name and text
   * @param refused is told why, in words
   */
  public TextUpload(String label, BiConsumer<String, String> taken, Consumer<String> refused) {
    this(label, YamlReader.MAX_BYTES, "new.file-rejected", taken, refused);
  }

  /**
   * @param label of the button
   * @param most bytes
   * @param rejected key of what is told of a larger file, with the KiB that it may have
   * @param taken is told name and text
   * @param refused is told why, in words
   */
  public TextUpload(
      String label,
      int most,
      String rejected,
      BiConsumer<String, String> taken,
      Consumer<String> refused) {
    this.taken = taken;
    this.refused = refused;
    String tooLarge = getTranslation(rejected, most / BYTES_IN_KIB);
    setMaxFileSize(most);
    setDropAllowed(true);
    setUploadButton(new Button(label));
    setDropLabel(new Span(getTranslation("new.drop")));
    setI18n(words(tooLarge));
    addClassName("plain-upload");
    // What was taken shows elsewhere; a list of files would tell it twice.
    addAllFinishedListener(finished -> clearFileList());
    addFileRejectedListener(large -> refused.accept(tooLarge));
    addFailedListener(failed -> refused.accept(getTranslation("upload.failed")));
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

  /** What the list says while a file is on its way, and by what it can be stopped. */
  private UploadI18N words(String tooLarge) {
    return new UploadI18N()
        .setError(
            new UploadI18N.Error()
                .setFileIsTooBig(tooLarge)
                .setIncorrectFileType(tooLarge)
                .setTooManyFiles(getTranslation("upload.one-by-one")))
        .setUploading(
            new UploadI18N.Uploading()
                .setStatus(
                    new UploadI18N.Uploading.Status()
                        .setConnecting(getTranslation("upload.connecting"))
                        .setStalled(getTranslation("upload.stalled"))
                        .setProcessing(getTranslation("upload.processing"))
                        .setHeld(getTranslation("upload.held")))
                .setRemainingTime(
                    new UploadI18N.Uploading.RemainingTime()
                        .setPrefix(getTranslation("upload.remaining"))
                        .setUnknown(getTranslation("upload.remaining-unknown")))
                .setError(
                    new UploadI18N.Uploading.Error()
                        .setServerUnavailable(getTranslation("upload.failed"))
                        .setUnexpectedServerError(getTranslation("upload.failed"))
                        .setForbidden(getTranslation("upload.failed"))))
        .setFile(
            new UploadI18N.File()
                .setRetry(getTranslation("upload.retry"))
                .setStart(getTranslation("upload.start"))
                .setRemove(getTranslation("upload.remove")))
        .setUnits(
            new UploadI18N.Units().setSize(List.of(getTranslation("upload.units").split(" "))));
  }
}
