package io.isthmus.ui.image;

import io.isthmus.domain.json.Json;
import io.isthmus.ui.widget.Upload;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.function.UnaryOperator;

/** The words of an upload. */
final class UploadWords {

  private static final List<String> KEYS =
      List.of("choose", "again", "other", "sent", "pause", "go", "waiting", "paused");

  private UploadWords() {}

  /**
   * @param words gives the words of a key, in which {@code {0}} and {@code {1}} stay
   */
  static Upload upload(UnaryOperator<String> words) {
    JsonObjectBuilder all = Json.createObjectBuilder();
    KEYS.forEach(key -> all.add(key, words.apply("images.upload-" + key)));
    return new Upload(all.build());
  }
}
