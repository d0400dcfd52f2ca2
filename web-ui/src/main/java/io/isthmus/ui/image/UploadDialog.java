package io.isthmus.ui.image;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
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
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.unsent.UnsentForm;
import io.isthmus.ui.widget.Upload;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Asks for a file and what is to be known of it, and has the browser begin to send it. */
class UploadDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";
  private static final String PROPERTIES = "properties";
  private static final String DIGEST = "digest";

  private final transient Images images;
  private final transient Caller caller;
  private final transient ProjectId project;
  private final transient UnsentForm unsent;
  private final Upload upload = UploadWords.upload(this::getTranslation);
  private final Paragraph file = new Paragraph();
  private final TextField name = new TextField();
  private final Select<DiskFormat> format = new Select<>();
  private final TextArea description = new TextArea();
  private final IntegerField minDisk = new IntegerField();
  private final IntegerField minRam = new IntegerField();
  private final TextArea properties = new TextArea();
  private final TextField digest = new TextField();
  private final Checkbox removeUnused = new Checkbox();
  private final Div refusal = new Div();
  private final Button send = new Button();
  private long size;

  /**
   * @param unsent what was typed here before
   */
  UploadDialog(Images images, Caller caller, ProjectId project, UnsentForm unsent) {
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
    number(minDisk, "images.min-disk", "GiB");
    number(minRam, "images.min-ram", "MiB");
    Div least = new Div(minDisk, minRam);
    least.addClassName("row");
    properties.setLabel(getTranslation("images.properties"));
    properties.setHelperText(getTranslation("images.properties-help"));
    properties.setPlaceholder("os_distro=debian");
    properties.addClassName("mono");
    properties.setWidthFull();
    properties.setValueChangeMode(ValueChangeMode.EAGER);
    properties.addValueChangeListener(change -> typed());
    prepare(digest, "images.expected", "images.expected-help");
    digest.addClassName("mono");
    removeUnused.setLabel(getTranslation("images.remove-unused"));
    Div body =
        new Div(
            upload,
            file,
            name,
            format,
            description,
            least,
            properties,
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
              properties.setValue(kept.getOrDefault(PROPERTIES, ""));
              digest.setValue(kept.getOrDefault(DIGEST, ""));
              body.addComponentAsFirst(unsent.resumed(this, this::clear));
            });
    add(body);
    send.setText(getTranslation("images.add-do"));
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

  private void number(IntegerField field, String label, String unit) {
    field.setLabel(getTranslation(label));
    Div suffix = new Div(unit);
    field.setSuffixComponent(suffix);
    field.setMin(0);
    field.setValue(0);
    field.setStepButtonsVisible(true);
  }

  private void clear() {
    name.clear();
    description.clear();
    properties.clear();
    digest.clear();
  }

  private void chosen(String fileName, long bytes) {
    size = bytes;
    file.setText(fileName + " · " + new ImageWords(this::getTranslation).size(bytes));
    int dot = fileName.lastIndexOf('.');
    if (name.isEmpty()) {
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
    return !name.isEmpty() || !description.isEmpty() || !properties.isEmpty() || !digest.isEmpty();
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
              PROPERTIES, properties.getValue(),
              DIGEST, digest.getValue()));
    } else {
      unsent.forget();
    }
  }

  private void send() {
    refusal.removeAll();
    name.setInvalid(false);
    properties.setInvalid(false);
    digest.setInvalid(false);
    try {
      if (size == 0) {
        refusal.add(new Paragraph(getTranslation("images.no-file")));
        return;
      }
      ProjectImage image = images.add(wanted(), caller);
      unsent.forget();
      upload.send(image.id().toString(), ContentServlet.address(project, image.id()));
      // The file is taken over before the dialog goes with its element.
      upload
          .getElement()
          .executeJs("return true")
          .then(
              taken -> {
                Optional<UI> ui = getUI();
                close();
                ui.ifPresent(to -> to.navigate(ImagesView.ADDRESS + "/" + image.id()));
              });
    } catch (FederationFault fault) {
      show(fault);
    } finally {
      send.setEnabled(true);
    }
  }

  private NewImage wanted() {
    String given = digest.getValue().strip();
    return new NewImage(
        project,
        name.getValue().strip(),
        description.getValue(),
        format.getValue().text(),
        Optional.ofNullable(minDisk.getValue()).orElse(0),
        Optional.ofNullable(minRam.getValue()).orElse(0),
        lines(properties.getValue()),
        size,
        Optional.of(given).filter(text -> !text.isEmpty() && text.length() <= 64),
        Optional.of(given).filter(text -> text.length() > 64),
        removeUnused.getValue());
  }

  /** One property a line. */
  static Map<String, String> lines(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              properties.put(
                  (equals < 0 ? line : line.substring(0, equals)).strip(),
                  equals < 0 ? "" : line.substring(equals + 1).strip());
            });
    return properties;
  }

  private void show(FederationFault fault) {
    boolean shown = false;
    for (Violation violation : fault.violations()) {
      shown |=
          showAt(violation, NAME, name)
              | showAt(violation, PROPERTIES, properties)
              | showAt(violation, "sha256", digest)
              | showAt(violation, "sha512", digest);
    }
    if (!shown) {
      refusal.add(Notice.of(fault));
    }
  }

  private static <F extends Component & HasValidation & Focusable<?>> boolean showAt(
      Violation violation, String pointer, F field) {
    if (!violation.pointer().equals(pointer)) {
      return false;
    }
    field.setErrorMessage(Notice.message(violation, Reader.locale()));
    field.setInvalid(true);
    field.focus();
    return true;
  }
}
