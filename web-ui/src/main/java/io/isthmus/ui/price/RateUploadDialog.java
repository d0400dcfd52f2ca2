package io.isthmus.ui.price;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.usage.ExchangeRates;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.template.TextUpload;
import io.isthmus.ui.widget.Mark;

/** Takes rates from a file; those that are there and not in it stay. */
class RateUploadDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  /** Of a file with all the rates that are taken at once. */
  private static final int MOST_BYTES = 2 * 1024 * 1024;

  private final transient ExchangeRates rates;
  private final transient Caller caller;
  private final transient Runnable saved;
  private final Div told = new Div();

  /**
   * @param saved is called when some were taken
   */
  RateUploadDialog(ExchangeRates rates, Caller caller, Runnable saved) {
    this.rates = rates;
    this.caller = caller;
    this.saved = saved;
    setHeaderTitle(getTranslation("rates.upload"));
    told.addClassName("stack");
    Div body =
        new Div(
            new Paragraph(getTranslation("rates.upload-words")),
            new TextUpload(
                getTranslation("price.choose-file"),
                MOST_BYTES,
                "price.file-large",
                this::take,
                why -> tell(new Notice(Mark.FAILED, "", new Paragraph(why)))),
            told,
            new CsvHelp("rates.csv-help", "rates.csv-words", "rates.csv-example"));
    body.addClassName("stack");
    add(body);
    getFooter().add(new Button(getTranslation("shell.close"), click -> close()));
    setWidth("640px");
    setMaxWidth("100%");
  }

  private void take(String name, String text) {
    try {
      int taken = rates.importCsv(text, caller);
      tell(new Notice(Mark.COMPLETE, name, new Paragraph(getTranslation("rates.taken", taken))));
      saved.run();
    } catch (FederationFault fault) {
      tell(new FileNotice(name, fault));
    }
  }

  private void tell(Notice notice) {
    told.removeAll();
    told.add(notice);
  }
}
