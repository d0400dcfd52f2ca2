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
    super(
        DownloadHandler.fromInputStream(
            event -> {
              byte[] bytes = (BYTE_ORDER_MARK + csv.get()).getBytes(StandardCharsets.UTF_8);
              return new DownloadResponse(
                  new ByteArrayInputStream(bytes),
                  fileName + ".csv",
                  "text/csv;charset=utf-8",
                  bytes.length);
            }),
        "CSV");
    setTitle(getTranslation("list.csv", name));
    getElement().setAttribute("aria-label", getTranslation("list.csv", name));
  }
}
