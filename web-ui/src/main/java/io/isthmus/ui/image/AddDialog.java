package io.isthmus.ui.image;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.image.DiskFormat;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.image.NewImage;
import io.isthmus.domain.image.ProjectImage;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.PageTabs;
import io.isthmus.ui.unsent.UnsentForm;
import io.isthmus.ui.widget.Upload;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for a file, or for the address at which an image stands, and what is to be known of it; then
 * has the browser begin to send the file.
 */
class AddDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";
  private static final String PROPERTIES = "properties";
  private static final String DIGEST = "digest";
  private static final String ADDRESS = "url";

  /** Where the content comes from. */
  enum From {
    FILE,
    ADDRESS
  }

  private final transient Images images;
  private final transient Caller caller;
  private final transient ProjectId project;
  private final transient UnsentForm unsent;
  private final Upload upload = UploadWords.upload(this::getTranslation);
  private final Paragraph file = new Paragraph();
  private final TextField address = new TextField();
  private final TextField name = new TextField();
  private final Select<DiskFormat> format = new Select<>();
  private final TextArea description = new TextArea();
  private final transient ImageFields fields = new ImageFields(this::getTranslation);
  private final TextField digest = new TextField();
  private final Checkbox removeUnused = new Checkbox();
  private final Div refusal = new Div();
  private final Button send = new Button();
  private long size;
  private From from = From.FILE;

  /**
   * @param unsent what was typed here before
   */
  AddDialog(Images images, Caller caller, ProjectId project, UnsentForm unsent) {
    this.images = images;
    this.caller = caller;
    this.project = project;
    this.unsent = unsent;
    setHeaderTitle(getTranslation("images.add"));
    upload.addChosenListener(chosen -> chosen(chosen.name(), chosen.size()));
    file.addClassName("quiet");
    prepare(name, "images.name", "images.name-help");
    name.setRequiredIndicatorVisible(true);
    name.setMaxLength(200);
    format.setLabel(getTranslation("images.format"));
    format.setItems(DiskFormat.values());
    format.setItemLabelGenerator(DiskFormat::text);
    format.setValue(DiskFormat.QCOW2);
    description.setLabel(getTranslation("images.description"));
    description.setMaxLength(Images.LONGEST_DESCRIPTION);
    description.setWidthFull();
    description.setValueChangeMode(ValueChangeMode.EAGER);
    description.addValueChangeListener(change -> typed());
    fields.properties.setValueChangeMode(ValueChangeMode.EAGER);
    fields.properties.addValueChangeListener(change -> typed());
    prepare(digest, "images.expected", "images.expected-help");
    digest.addClassName("mono");
    prepare(address, "images.source", "images.source-help");
    address.setMaxLength(Images.LONGEST_SOURCE);
    address.setRequiredIndicatorVisible(true);
    address.setPlaceholder("https://");
    address.addClassName("mono");
    address.addBlurListener(left -> guess(fileName(address.getValue())));
    removeUnused.setLabel(getTranslation("images.remove-unused"));
    PageTabs<From> tabs =
        new PageTabs<>(From.class, word -> getTranslation("images.from-" + word), this::show);
    Div body =
        new Div(
            tabs,
            upload,
            file,
            address,
            name,
            format,
            description,
            fields.least,
            fields.properties,
            digest,
            removeUnused,
            refusal);
    body.addClassName("stack");
    unsent
        .find()
        .ifPresent(
            kept -> {
              name.setValue(kept.getOrDefault(NAME, ""));
              description.setValue(kept.getOrDefault(DESCRIPTION, ""));
              fields.properties.setValue(kept.getOrDefault(PROPERTIES, ""));
              digest.setValue(kept.getOrDefault(DIGEST, ""));
              address.setValue(kept.getOrDefault(ADDRESS, ""));
              if (!address.isEmpty()) {
                from = From.ADDRESS;
              }
              body.addComponentAsFirst(unsent.resumed(this, this::clear));
            });
    add(body);
    tabs.select(from);
    show(from);
    send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    send.setDisableOnClick(true);
    send.addClickListener(click -> send());
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), send);
    setWidth("640px");
    setMaxWidth("100%");
  }

  private void prepare(TextField field, String label, String help) {
    field.setLabel(getTranslation(label));
    field.setHelperText(getTranslation(help));
    field.setWidthFull();
    field.setValueChangeMode(ValueChangeMode.EAGER);
    field.addValueChangeListener(change -> typed());
  }

  private void show(From chosen) {
    from = chosen;
    boolean isFile = chosen == From.FILE;
    upload.setVisible(isFile);
    file.setVisible(isFile);
    address.setVisible(!isFile);
    digest.setRequiredIndicatorVisible(!isFile);
    digest.setHelperText(
        getTranslation(isFile ? "images.expected-help" : "images.expected-needed"));
    send.setText(getTranslation(isFile ? "images.add-do" : "images.add-address"));
    refusal.removeAll();
  }

  private void clear() {
    name.clear();
    description.clear();
    fields.properties.clear();
    address.clear();
    digest.clear();
  }

  private void chosen(String fileName, long bytes) {
    size = bytes;
    file.setText(fileName + " · " + new ImageWords(this::getTranslation).size(bytes));
    guess(fileName);
  }

  /** The last part of an address, without what asks for it. */
  static String fileName(String address) {
    String path = address.strip().replaceAll("[?#].*", "");
    return path.matches("https?://[^/]+/.*") ? path.substring(path.lastIndexOf('/') + 1) : "";
  }

  /** What the name of the file says. */
  private void guess(String fileName) {
    int dot = fileName.lastIndexOf('.');
    if (name.isEmpty() && !fileName.isEmpty()) {
      name.setValue(
          (dot > 0 ? fileName.substring(0, dot) : fileName).replaceAll("[^A-Za-z0-9 _.@-]", "-"));
    }
    String ending = fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    Optional.ofNullable(ending.equals("img") ? DiskFormat.QCOW2 : null)
        .or(() -> DiskFormat.find(ending))
        .ifPresent(format::setValue);
  }

  @Override
  protected boolean isTyped() {
    return !address.isEmpty()
        || !name.isEmpty()
        || !description.isEmpty()
        || !fields.properties.isEmpty()
        || !digest.isEmpty();
  }

  @Override
  protected void givenUp() {
    unsent.forget();
  }

  private void typed() {
    if (isTyped()) {
      unsent.keep(
          Map.of(
              NAME, name.getValue(),
              DESCRIPTION, description.getValue(),
              PROPERTIES, fields.properties.getValue(),
              ADDRESS, address.getValue(),
              DIGEST, digest.getValue()));
    } else {
      unsent.forget();
    }
  }

  private void send() {
    refusal.removeAll();
    name.setInvalid(false);
    address.setInvalid(false);
    fields.clearMistakes();
    digest.setInvalid(false);
    try {
      if (from == From.FILE && size == 0) {
        refusal.add(new Paragraph(getTranslation("images.no-file")));
        return;
      }
      ProjectImage image = images.add(wanted(), caller);
      unsent.forget();
      if (from == From.ADDRESS) {
        leaveTo(image);
        return;
      }
      upload.send(image.id().toString(), ContentServlet.address(project, image.id()));
      // The file is taken over before the dialog goes with its element.
      upload.getElement().executeJs("return true").then(taken -> leaveTo(image));
    } catch (FederationFault fault) {
      show(fault);
    } finally {
      send.setEnabled(true);
    }
  }

  private void leaveTo(ProjectImage image) {
    Optional<UI> ui = getUI();
    close();
    ui.ifPresent(to -> to.navigate(ImagesView.ADDRESS + "/" + image.id()));
  }

  private NewImage wanted() {
    String given = digest.getValue().strip();
    return new NewImage(
        project,
        name.getValue().strip(),
        description.getValue(),
        format.getValue().text(),
        fields.minDisk(),
        fields.minRam(),
        fields.properties(),
        from == From.FILE ? size : 0,
        Optional.of(given).filter(text -> !text.isEmpty() && text.length() <= 64),
        Optional.of(given).filter(text -> text.length() > 64),
        removeUnused.getValue(),
        from == From.FILE ? Optional.empty() : Optional.of(address.getValue().strip()));
  }

  private void show(FederationFault fault) {
    boolean shown = false;
    for (Violation violation : fault.violations()) {
      shown |=
          ImageFields.showAt(violation, NAME, name)
              | ImageFields.showAt(violation, ADDRESS, address)
              | fields.show(violation)
              | ImageFields.showAt(violation, "sha256", digest)
              | ImageFields.showAt(violation, "sha512", digest);
    }
    if (!shown) {
      refusal.add(Notice.of(fault));
    }
  }
}
