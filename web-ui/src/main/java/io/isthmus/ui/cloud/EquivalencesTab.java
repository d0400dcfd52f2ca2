package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Equivalence;
import io.isthmus.domain.cloud.Equivalence.Kind;
import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Table;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** What the names of templates are called in this cloud, by an administrator's word. */
class EquivalencesTab extends CloudTab {

  private static final long serialVersionUID = 1L;

  private final transient Consumer<Equivalence> declare;
  private final transient Consumer<Equivalence> withdraw;
  private final transient Table<Equivalence> table;
  private final Select<Kind> kind = new Select<>();
  private final TextField name = new TextField();
  private final ComboBox<String> localName = new ComboBox<>();
  private final Div body = new Div();
  private final transient CloudId cloud;
  private transient List<RegionInventory> regions = List.of();

  EquivalencesTab(CloudId cloud, Consumer<Equivalence> declare, Consumer<Equivalence> withdraw) {
    this.cloud = cloud;
    this.declare = declare;
    this.withdraw = withdraw;
    table =
        new Table<Equivalence>(getTranslation("cloud-tab.equivalences"), each -> each)
            .text(getTranslation("equivalence.name"), Equivalence::name)
            .text(
                getTranslation("equivalence.kind"),
                each -> getTranslation("equivalence." + each.kind()))
            .text(getTranslation("equivalence.local"), Equivalence::localName)
            .column("", this::actions);
    Paragraph words = new Paragraph(getTranslation("equivalence.words"));
    words.addClassName("quiet");
    add(words, form(), body);
  }

  private Component form() {
    kind.setLabel(getTranslation("equivalence.kind"));
    kind.setItems(Kind.values());
    kind.setItemLabelGenerator(each -> getTranslation("equivalence." + each));
    kind.addValueChangeListener(change -> offerNames());
    kind.setValue(Kind.FLAVOR);
    name.setLabel(getTranslation("equivalence.name"));
    name.addKeyPressListener(Key.ENTER, press -> declared());
    localName.setLabel(getTranslation("equivalence.local"));
    name.setErrorMessage(getTranslation("form.needed"));
    localName.setErrorMessage(getTranslation("form.needed"));
    localName.setAllowCustomValue(true);
    localName.addCustomValueSetListener(set -> localName.setValue(set.getDetail()));
    Button add = new Button(getTranslation("equivalence.declare"), click -> declared());
    Div row = new Div(kind, name, localName, add);
    row.addClassNames("row", "form-row");
    return row;
  }

  @Override
  void show(CloudState state) {
    if (!regions.equals(state.regions())) {
      regions = state.regions();
      offerNames();
    }
    table.setRows(state.equivalences());
    body.removeAll();
    body.add(
        state.equivalences().isEmpty()
            ? new EmptyState(
                getTranslation("equivalence.none"), getTranslation("equivalence.none-words"))
            : table);
  }

  /** What the cloud has of the kind; anything else may be typed. */
  private void offerNames() {
    String before = localName.getValue();
    localName.setItems(
        regions.stream().flatMap(region -> names(region).stream()).distinct().sorted().toList());
    localName.setValue(before);
  }

  private Collection<String> names(RegionInventory region) {
    return switch (kind.getValue()) {
      case FLAVOR -> region.flavors().stream().map(Flavor::name).toList();
      case IMAGE -> region.images().stream().map(Image::name).toList();
      case NETWORK -> region.networks().stream().map(Network::name).toList();
      case VOLUME_TYPE -> region.volumeTypes();
    };
  }

  private void declared() {
    String local = localName.getValue() == null ? "" : localName.getValue().strip();
    name.setInvalid(name.getValue().isBlank());
    localName.setInvalid(local.isEmpty());
    if (name.isInvalid() || localName.isInvalid()) {
      return;
    }
    declare.accept(new Equivalence(kind.getValue(), name.getValue().strip(), cloud, local));
    name.clear();
    localName.clear();
  }

  private Component actions(Equivalence equivalence) {
    Button button =
        new Button(getTranslation("equivalence.withdraw"), click -> withdraw.accept(equivalence));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    button.setAriaLabel(getTranslation("equivalence.withdraw-of", equivalence.name()));
    return button;
  }
}
