package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
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
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the names of templates are called in this cloud, by an administrator's word. */
class EquivalencesTab extends ListTab<Equivalence> {

  private static final long serialVersionUID = 1L;
  private static final String KIND = "kind";

  private final transient Consumer<Equivalence> declare;
  private final transient Consumer<Equivalence> withdraw;
  private final transient ListPanel<Equivalence> list;
  private final Select<Kind> kind = new Select<>();
  private final TextField name = new TextField();
  private final ComboBox<String> localName = new ComboBox<>();
  private final transient CloudId cloud;
  private transient List<RegionInventory> regions = List.of();
  private transient List<Equivalence> declared = List.of();

  /**
   * @param asked what to show first
   * @param address of the tab
   */
  EquivalencesTab(
      String title,
      CloudId cloud,
      Consumer<Equivalence> declare,
      Consumer<Equivalence> withdraw,
      ListState asked,
      Supplier<String> address) {
    super(asked);
    this.cloud = cloud;
    this.declare = declare;
    this.withdraw = withdraw;
    list =
        new ListPanel<>(
            title,
            each -> each,
            ListSource.of(() -> declared, EquivalencesTab::isWanted, orders()),
            address);
    list.search(getTranslation("stacks.filter-name"))
        .filter(
            KIND,
            new FilterSelect<>(
                getTranslation("equivalence.kind"), List.of(Kind.values()), this::words),
            Kind.class)
        .actions(
            RowAction.of(
                getTranslation("equivalence.withdraw"),
                each -> getTranslation("equivalence.withdraw-of", each.name()),
                this::askToWithdraw))
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("equivalence.none"), getTranslation("equivalence.none-words")));
    columns().forEach(list::column);
    Paragraph words = new Paragraph(getTranslation("equivalence.words"));
    words.addClassName("quiet");
    add(words, form(), list);
  }

  @Override
  ListPanel<Equivalence> list() {
    return list;
  }

  private List<ListColumn<Equivalence>> columns() {
    return List.of(
        ListColumn.<Equivalence>text("name", getTranslation("equivalence.name"), Equivalence::name)
            .sorts(),
        ListColumn.<Equivalence>of(
                KIND,
                getTranslation("equivalence.kind"),
                each -> new Span(words(each.kind())),
                each -> each.kind().name())
            .sorts(),
        ListColumn.<Equivalence>text(
                "local_name", getTranslation("equivalence.local"), Equivalence::localName)
            .sorts());
  }

  private static Map<String, Comparator<Equivalence>> orders() {
    return Map.of(
        "name",
        Comparator.comparing(Equivalence::name, NaturalOrder.OF_NAMES),
        KIND,
        Comparator.comparing(Equivalence::kind),
        "local_name",
        Comparator.comparing(Equivalence::localName, NaturalOrder.OF_NAMES));
  }

  private static boolean isWanted(ListState asked, Equivalence each) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    return asked.value(KIND, Kind.class).map(each.kind()::equals).orElse(true)
        && Stream.of(each.name(), each.localName())
            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }

  private String words(Kind each) {
    return getTranslation("equivalence." + each);
  }

  private Component form() {
    kind.setLabel(getTranslation("equivalence.kind"));
    kind.setItems(Kind.values());
    kind.setItemLabelGenerator(this::words);
    kind.addValueChangeListener(change -> offerNames());
    kind.setValue(Kind.FLAVOR);
    name.setLabel(getTranslation("equivalence.name"));
    name.addKeyPressListener(Key.ENTER, press -> declareTyped());
    localName.setLabel(getTranslation("equivalence.local"));
    name.setErrorMessage(getTranslation("form.needed"));
    localName.setErrorMessage(getTranslation("form.needed"));
    localName.setAllowCustomValue(true);
    localName.addCustomValueSetListener(set -> localName.setValue(set.getDetail()));
    Button add = new Button(getTranslation("equivalence.declare"), click -> declareTyped());
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
    declared = state.equivalences();
    fill();
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

  private void declareTyped() {
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

  private void askToWithdraw(Equivalence equivalence) {
    new ChoiceDialog(
            getTranslation("equivalence.withdraw-title", equivalence.name()),
            List.of(
                getTranslation(
                    "equivalence.withdraw-words",
                    words(equivalence.kind()),
                    equivalence.name(),
                    equivalence.localName(),
                    cloud.text()),
                getTranslation("equivalence.withdraw-stays")),
            getTranslation("equivalence.withdraw"),
            () -> withdraw.accept(equivalence))
        .open();
  }
}
