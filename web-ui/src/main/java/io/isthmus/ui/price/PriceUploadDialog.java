package io.isthmus.ui.price;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.usage.Price;
import io.isthmus.domain.usage.PriceBook;
import io.isthmus.domain.usage.PriceBooks;
import io.isthmus.domain.usage.PriceCsv;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.template.TextUpload;
import io.isthmus.ui.widget.Mark;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Replaces a cloud's price book by a file, after it said what that changes. */
class PriceUploadDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  /** Of a file with all the prices that a book may have. */
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final transient PriceBooks books;
  private final transient Caller caller;
  private final transient Runnable saved;
  private final Div found = new Div();
  private final Button replace = new Button();
  private transient PriceBook book;
  private transient Optional<List<Price>> read = Optional.empty();

  /**
   * @param saved is called when it was
   */
  PriceUploadDialog(PriceBooks books, Caller caller, PriceBook book, Runnable saved) {
    this.books = books;
    this.caller = caller;
    this.book = book;
    this.saved = saved;
    setHeaderTitle(getTranslation("price.upload-to", book.cloud().text()));
    TextUpload upload =
        new TextUpload(
            getTranslation("price.choose-file"),
            MOST_BYTES,
            "price.file-large",
            this::take,
            why -> tell(new Notice(Mark.FAILED, "", new Paragraph(why))));
    found.addClassName("stack");
    Div body =
        new Div(
            new Paragraph(getTranslation("price.upload-words")),
            upload,
            found,
            new CsvHelp("price.csv-help", "price.csv-words", "price.csv-example"));
    body.addClassName("stack");
    add(body);
    replace.setText(getTranslation("price.replace"));
    replace.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    replace.setEnabled(false);
    replace.addClickListener(click -> replace());
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), replace);
    setWidth("640px");
    setMaxWidth("100%");
  }

  @Override
  protected boolean isTyped() {
    return replace.isEnabled();
  }

  private void take(String name, String text) {
    read = Optional.empty();
    replace.setEnabled(false);
    try {
      read = Optional.of(PriceCsv.read(text, Instant.now().truncatedTo(ChronoUnit.SECONDS)));
      tell();
      tellDifference(name);
    } catch (FederationFault fault) {
      tell(new FileNotice(name, fault));
    }
  }

  private void tell(Notice... notices) {
    found.removeAll();
    for (Notice notice : notices) {
      found.add(notice);
    }
  }

  private void tellDifference(String name) {
    BookDiff diff = BookDiff.of(book.prices(), read.orElseThrow());
    replace.setEnabled(!diff.isNothing());
    String counts =
        getTranslation(
            "price.difference", diff.added(), diff.changed(), diff.removed(), diff.same());
    found.add(
        new Notice(
            diff.isNothing() ? Mark.COMPLETE : Mark.PROGRESS,
            name,
            new Paragraph(diff.isNothing() ? getTranslation("price.no-difference") : counts)));
  }

  private void replace() {
    try {
      books.set(book.cloud(), read.orElseThrow(), book.version(), caller);
      close();
      saved.run();
    } catch (FederationFault fault) {
      tell(Notice.of(fault));
      if (fault.code() == FaultCode.STALE_VERSION) {
        book = books.find(book.cloud(), caller);
        tellDifference(getTranslation("price.compared-again"));
      }
    }
  }
}
