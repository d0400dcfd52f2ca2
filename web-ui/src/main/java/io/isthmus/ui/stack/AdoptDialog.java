package io.isthmus.ui.stack;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.AdoptStack;
import io.isthmus.domain.stack.Adoption;
import io.isthmus.domain.stack.AdoptionDocument;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.template.TextUpload;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes a stack of what is in clouds already: takes the document of an abandoned stack, shows what
 * would be taken over, and does it when that is confirmed.
 */
class AdoptDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final ProjectId project;
  private final transient Clouds clouds;
  private final transient Function<AdoptStack, Adoption> preview;
  private final transient Consumer<AdoptStack> adopt;
  private final TextArea document = new TextArea();
  private final TextField name = new TextField();
  private final Select<Place> place = new Select<>();
  private final Div secrets = new Div();
  private final Div found = new Div();
  private final Button look = new Button();
  private final Button confirm = new Button();
  private final transient Map<String, PasswordField> hidden = new TreeMap<>();

  /**
   * @param places in which the project can have something
   * @param preview what would be taken over
   * @param adopt what it refuses is told here
   */
  AdoptDialog(
      ProjectId project,
      Clouds clouds,
      List<Place> places,
      Function<AdoptStack, Adoption> preview,
      Consumer<AdoptStack> adopt) {
    this.project = project;
    this.clouds = clouds;
    this.preview = preview;
    this.adopt = adopt;
    setHeaderTitle(getTranslation("adopt.title"));
    document.setLabel(getTranslation("adopt.document"));
    document.setHelperText(getTranslation("adopt.document-words"));
    document.setWidthFull();
    document.setMaxHeight("30vh");
    document.addClassName("mono");
    document.setValueChangeMode(ValueChangeMode.EAGER);
    document.addValueChangeListener(change -> changed());
    name.setLabel(getTranslation("adopt.name"));
    name.setHelperText(getTranslation("adopt.name-words"));
    name.setWidthFull();
    name.addValueChangeListener(change -> confirm.setEnabled(false));
    place.setLabel(getTranslation("adopt.place"));
    place.setHelperText(getTranslation("adopt.place-words"));
    place.setItems(places);
    place.setItemLabelGenerator(one -> one.cloud() + " / " + one.region());
    place.setWidthFull();
    place.setVisible(false);
    place.addValueChangeListener(change -> confirm.setEnabled(false));
    secrets.addClassName("stack");
    found.addClassName("stack");
    TextUpload upload =
        new TextUpload(
            getTranslation("adopt.upload"),
            AdoptionDocument.MAX_BYTES,
            "new.file-rejected",
            (file, text) -> document.setValue(text),
            why -> document.setHelperText(why));
    Div body =
        new Div(
            new Paragraph(getTranslation("adopt.words")),
            upload,
            document,
            name,
            place,
            secrets,
            found);
    body.addClassName("stack");
    add(body);
    look.setText(getTranslation("adopt.look"));
    look.addClickListener(click -> look());
    confirm.setText(getTranslation("adopt.do"));
    confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    confirm.setEnabled(false);
    confirm.addClickListener(click -> adopt());
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), look, confirm);
    setWidth("760px");
  }

  @Override
  protected boolean isTyped() {
    return !document.isEmpty();
  }

  /** Another document says something else, and asks for something else. */
  private void changed() {
    confirm.setEnabled(false);
    found.removeAll();
    secrets.removeAll();
    hidden.clear();
    place.setVisible(isWithoutPlaces());
  }

  /** What cannot be read is told of when it is looked at. */
  private boolean isWithoutPlaces() {
    try {
      return !document.isEmpty()
          && !AdoptionDocument.parse(document.getValue()).unplaced().isEmpty();
    } catch (FederationFault notReadable) {
      return false;
    }
  }

  private AdoptStack wish() {
    AdoptionDocument read = AdoptionDocument.parse(document.getValue());
    new TreeSet<>(read.hidden())
        .forEach(
            parameter ->
                hidden.computeIfAbsent(
                    parameter,
                    fresh -> {
                      PasswordField field = new PasswordField(fresh);
                      field.setHelperText(getTranslation("adopt.secret-words"));
                      field.setWidthFull();
                      field.addValueChangeListener(change -> confirm.setEnabled(false));
                      secrets.add(field);
                      return field;
                    }));
    return new AdoptStack(
        project,
        name.getValue().strip(),
        place.isEmpty() || !place.isVisible()
            ? read
            : read.at(place.getValue().cloud(), place.getValue().region()),
        parameters(),
        Optional.empty(),
        DriftChoice.REPLACE_VANISHED);
  }

  private JsonObject parameters() {
    JsonObjectBuilder given = Json.createObjectBuilder();
    hidden.forEach(
        (parameter, field) -> {
          if (!field.isEmpty()) {
            given.add(parameter, field.getValue());
          }
        });
    return given.build();
  }

  private void look() {
    guarded(
        () -> {
          Adoption adoption = preview.apply(wish());
          found.removeAll();
          found.add(
              new Paragraph(
                  getTranslation("adopt.found", adoption.resources().size(), adoption.name())));
          Table<AdoptionDocument.Resource> table =
              new Table<AdoptionDocument.Resource>(
                      getTranslation("adopt.title"), AdoptionDocument.Resource::id)
                  .text(getTranslation("part.resource"), one -> one.id().resource())
                  .text(getTranslation("part.type"), AdoptionDocument.Resource::type)
                  .column(getTranslation("stack.where"), one -> clouds.place(one.id().place()))
                  .text(getTranslation("adopt.id"), AdoptionDocument.Resource::physicalId);
          found.add(table);
          table.setRows(adoption.resources());
          if (!adoption.left().isEmpty()) {
            found.add(new Paragraph(getTranslation("adopt.left", adoption.left().size())));
          }
          confirm.setEnabled(true);
        });
  }

  private void adopt() {
    guarded(
        () -> {
          adopt.accept(wish());
          close();
        });
  }

  private void guarded(Runnable act) {
    try {
      act.run();
    } catch (FederationFault fault) {
      confirm.setEnabled(false);
      found.removeAll();
      found.add(Notice.of(fault));
    }
  }
}
