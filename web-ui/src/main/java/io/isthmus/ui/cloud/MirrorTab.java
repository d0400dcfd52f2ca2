package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.mirror.MirrorAge;
import io.isthmus.domain.mirror.MirroredItem;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How old what is mirrored of the cloud is, and what carries our mark there without a stack. */
class MirrorTab extends CloudTab {

  private static final long serialVersionUID = 1L;

  private final transient ListPanel<MirrorAge> ages;
  private final transient ListPanel<MirroredItem> strays;
  private boolean filled;

  MirrorTab(Supplier<List<MirrorAge>> known, Supplier<List<MirroredItem>> straying) {
    ages =
        ListPanel.inPlace(
            getTranslation("cloud-tab.mirror"),
            age -> age.region() + "/" + age.kind(),
            ListSource.of(
                known,
                (asked, age) -> true,
                Map.of(
                    "count", Comparator.comparing(MirrorAge::count),
                    "kind", Comparator.comparing(MirrorAge::kind))));
    strays =
        ListPanel.inPlace(
            getTranslation("mirror-tab.strays"),
            item -> item.region() + "/" + item.kind() + "/" + item.item().id(),
            ListSource.of(straying, (asked, item) -> true, Map.of()));
    layAges();
    layStrays();
    add(
        new Paragraph(getTranslation("mirror-tab.words")),
        ages,
        new H2(getTranslation("mirror-tab.strays")),
        new Paragraph(getTranslation("mirror-tab.strays-words")),
        strays);
  }

  private void layAges() {
    ages.column(ListColumn.text("region", getTranslation("inventory.region"), MirrorAge::region))
        .column(
            ListColumn.<MirrorAge>text(
                    "kind",
                    getTranslation("mirror-tab.kind"),
                    age -> getTranslation("inventory.kind." + age.kind().text()))
                .sorts())
        .column(
            ListColumn.<MirrorAge>number(
                    "count",
                    getTranslation("mirror-tab.count"),
                    age -> Reader.formats().number(age.count()),
                    MirrorAge::count)
                .sorts())
        .column(moment("read_at", "mirror-tab.read", MirrorAge::readAt))
        .column(moment("whole_at", "mirror-tab.whole", MirrorAge::wholeAt))
        .column(moment("changed_at", "mirror-tab.changed", MirrorAge::changedAt))
        .column(
            ListColumn.text(
                "kept",
                getTranslation("mirror-tab.kept"),
                age -> getTranslation("mirror-tab.kept." + age.kept().text())))
        .column(
            ListColumn.text(
                "problem",
                getTranslation("mirror-tab.problem"),
                age -> age.problem().map(phrase -> phrase.in(getLocale())).orElse("")))
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("mirror-tab.empty"), getTranslation("mirror-tab.empty-words")));
  }

  /** When something was, on one line. */
  private interface When {
    Optional<Instant> of(MirrorAge age);
  }

  private ListColumn<MirrorAge> moment(String id, String header, When when) {
    return ListColumn.of(
        id,
        getTranslation(header),
        age ->
            when.of(age)
                .<Component>map(Moment::ago)
                .orElseGet(() -> new Text(getTranslation("mirror-tab.never"))),
        age -> when.of(age).map(Instant::toString).orElse(""));
  }

  private void layStrays() {
    strays
        .column(ListColumn.text("region", getTranslation("inventory.region"), MirroredItem::region))
        .column(
            ListColumn.text(
                "kind",
                getTranslation("mirror-tab.kind"),
                item -> getTranslation("inventory.one." + item.kind().text())))
        .column(
            ListColumn.text("name", getTranslation("inventory.name"), item -> item.item().name()))
        .column(
            ListColumn.of(
                "id",
                getTranslation("inventory.id"),
                item -> new Copyable(item.item().id()),
                item -> item.item().id()))
        .column(
            ListColumn.of(
                "mark",
                getTranslation("mirror-tab.mark"),
                item -> mono(item.item().mark().orElse("")),
                item -> item.item().mark().orElse("")))
        .column(
            ListColumn.of(
                "created_at",
                getTranslation("inventory.created"),
                item -> item.item().created().<Component>map(Moment::compact).orElseGet(Span::new),
                item -> item.item().created().map(Instant::toString).orElse("")))
        .whenEmpty(
            () ->
                new EmptyState(
                    getTranslation("mirror-tab.no-strays"),
                    getTranslation("mirror-tab.no-strays-words")));
  }

  private static Component mono(String text) {
    Span span = new Span(text);
    span.addClassName("mono");
    return span;
  }

  @Override
  void show(CloudState state) {
    refresh();
  }

  @Override
  void refresh() {
    if (filled) {
      ages.refresh();
      strays.refresh();
    } else {
      filled = true;
      ages.show(new ListState(Map.of()));
      strays.show(new ListState(Map.of()));
    }
  }
}
