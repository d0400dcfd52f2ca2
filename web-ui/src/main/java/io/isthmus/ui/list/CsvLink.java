package io.isthmus.ui.list;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.isthmus.domain.csv.Csv;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Downloads a table as a file that spreadsheets and programs read. */
public class CsvLink extends Anchor {

  private static final long serialVersionUID = 1L;

  /** Tells a spreadsheet that the file is UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * @param name of what is listed, for a screen reader
   * @param fileName without its ending
   * @param csv is asked for when somebody downloads it
   */
  public CsvLink(String name, String fileName, Supplier<Csv> csv) {
    super(download(fileName, () -> BYTE_ORDER_MARK + csv.get()), "CSV");
    setTitle(getTranslation("list.csv", name));
    getElement().setAttribute("aria-label", getTranslation("list.csv", name));
  }

  private CsvLink(String words, DownloadHandler file) {
    super(file, words);
  }

  /**
   * Downloads what can be uploaded again.
   *
   * @param words of the link
   */
  public static CsvLink ofFile(String words, String fileName, Supplier<String> csv) {
    return new CsvLink(words, download(fileName, csv));
  }

  private static DownloadHandler download(String fileName, Supplier<String> text) {
    return DownloadHandler.fromInputStream(
        event -> {
          byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
          return new DownloadResponse(
              new ByteArrayInputStream(bytes),
              fileName + ".csv",
              "text/csv;charset=utf-8",
              bytes.length);
        });
  }
}
