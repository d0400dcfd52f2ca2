package io.isthmus.ui.widget;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.shared.Registration;
import jakarta.json.JsonObject;

/**
 * A large file that the browser sends in pieces, beside the page: it goes on while other pages are
 * looked at, can be paused, and goes on after a reload when the same file is chosen again.
 */
@Tag(Upload.NAME)
public class Upload extends Component {
  static final String NAME = "isthmus-upload";
  private static final long serialVersionUID = 1L;

  /** Somebody chose a file. */
  @DomEvent("file-chosen")
  public static class Chosen extends ComponentEvent<Upload> {
    private static final long serialVersionUID = 1L;
    private final String name;
    private final long size;

    public Chosen(
        Upload source,
        boolean fromClient,
        @EventData("event.detail.name") String name,
        @EventData("event.detail.size") double size) {
      super(source, fromClient);
      this.name = name;
      this.size = (long) size;
    }

    public String name() {
      return name;
    }

    /** Bytes. */
    public long size() {
      return size;
    }
  }

  /**
   * @param words choose, again, other, sent, pause, go, waiting and paused, in the user's language
   */
  public Upload(JsonObject words) {
    getElement().setProperty("words", words.toString());
  }

  /**
   * Shows how far a thing's upload is, or asks for its file again.
   *
   * @param url where pieces are sent to
   */
  public void show(String id, String url, long size, long offset) {
    getElement()
        .setAttribute("image", id)
        .setAttribute("url", url)
        .setAttribute("size", Long.toString(size))
        .setAttribute("offset", Long.toString(offset));
  }

  public Registration addChosenListener(ComponentEventListener<Chosen> listener) {
    return addListener(Chosen.class, listener);
  }

  /** Begins to send the file that was chosen. */
  public void send(String id, String url) {
    getElement().callJsFunction("send", id, url);
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    Widgets.load(attached, NAME);
  }
}
