package io.isthmus.ui.inventory;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.MirroredItem;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.widget.Mark;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is shown of resources in clouds, kind by kind. */
final class InventoryColumns {

  private static final Set<String> WELL = Set.of("active", "available", "in-use");
  private static final Set<String> ILL = Set.of("error", "error_deleting", "error_extending");
  private static final Set<String> MOVING =
      Set.of("build", "rebuild", "creating", "deleting", "attaching", "detaching", "resize");

  private final Supplier<Clouds> clouds;
  private final Function<String, String> words;

  InventoryColumns(Supplier<Clouds> clouds, Function<String, String> words) {
    this.clouds = clouds;
    this.words = words;
  }

  List<ListColumn<MirroredItem>> of(MirrorKind kind) {
    List<ListColumn<MirroredItem>> columns = new ArrayList<>();
    columns.add(
        ListColumn.<MirroredItem>of("name", word("name"), this::name, item -> item.item().name())
            .sorts());
    columns.add(
        ListColumn.<MirroredItem>of(
                "id", word("id"), InventoryColumns::id, item -> item.item().id())
            .whenChosen());
    if (kind != MirrorKind.SECURITY_GROUP) {
      columns.add(
          ListColumn.of(
              "status",
              word("status"),
              item -> kept(item, item.item().status().map(InventoryColumns::state)),
              item -> item.item().status().orElse("")));
    }
    if (kind == MirrorKind.VOLUME) {
      columns.add(
          ListColumn.of(
              "size",
              word("size"),
              item -> kept(item, size(item).map(Text::new)),
              item -> size(item).orElse("")));
    }
    if (kind == MirrorKind.SERVER || kind == MirrorKind.PORT || kind == MirrorKind.FLOATING_IP) {
      columns.add(
          ListColumn.of(
              "addresses",
              word("addresses"),
              item -> kept(item, addresses(item)),
              item -> String.join(" ", item.item().addresses())));
    }
    columns.add(
        ListColumn.of(
            "cloud",
            word("cloud"),
            item -> clouds.get().chip(item.cloud()),
            item -> item.cloud().text()));
    columns.add(ListColumn.text("region", word("region"), MirroredItem::region));
    columns.add(ListColumn.of("stack", word("stack"), this::stack, InventoryColumns::stackText));
    columns.add(
        ListColumn.<MirroredItem>of(
                "created_at",
                word("created"),
                item -> kept(item, item.item().created().map(Moment::compact)),
                item -> item.item().created().map(Instant::toString).orElse(""))
            .sorts());
    columns.add(
        ListColumn.<MirroredItem>of(
                "updated_at",
                word("updated"),
                item -> kept(item, item.item().updated().map(Moment::compact)),
                item -> item.item().updated().map(Instant::toString).orElse(""))
            .whenChosen());
    return columns;
  }

  private String word(String name) {
    return words.apply("inventory." + name);
  }

  private Component name(MirroredItem item) {
    String name = item.item().name();
    Anchor link =
        new Anchor(InventoryItemView.address(item), name.isEmpty() ? item.item().id() : name);
    link.addClassName(name.isEmpty() ? "mono" : "strong");
    return link;
  }

  private static Component id(MirroredItem item) {
    return new Copyable(item.item().id());
  }

  /** A state by shape, word and colour; the word is the cloud's own. */
  static StateBadge state(String status) {
    String word = status.toLowerCase(Locale.ROOT);
    Mark mark =
        WELL.contains(word)
            ? Mark.COMPLETE
            : ILL.contains(word)
                ? Mark.FAILED
                : MOVING.contains(word) ? Mark.PROGRESS : Mark.UNKNOWN;
    StateBadge badge = new StateBadge(mark, status);
    badge.addClassName("exact");
    return badge;
  }

  private static Optional<String> size(MirroredItem item) {
    JsonObject details = item.item().details();
    return details.get("size") instanceof JsonNumber size
        ? Optional.of(size + " GiB")
        : Optional.empty();
  }

  private static Optional<Component> addresses(MirroredItem item) {
    if (item.item().addresses().isEmpty()) {
      return Optional.empty();
    }
    Div cell = new Div();
    item.item().addresses().forEach(address -> cell.add(new Div(new Copyable(address))));
    return Optional.of(cell);
  }

  private Component stack(MirroredItem item) {
    return item.part()
        .<Component>map(
            part -> {
              Div cell = new Div(new Anchor("/stacks/" + part.stack(), part.stackName()));
              part.resource()
                  .ifPresent(
                      resource -> {
                        Span path = new Span(" " + resource);
                        path.addClassNames("quiet", "small");
                        cell.add(path);
                      });
              return cell;
            })
        .orElseGet(Span::new);
  }

  private static String stackText(MirroredItem item) {
    return item.part().map(MirroredItem.Part::stackName).orElse("");
  }

  /** Says that a rule keeps it out, where it does, so that nobody takes it for empty. */
  private Component kept(MirroredItem item, Optional<? extends Component> value) {
    if (item.kept() == Mirrored.NAMES) {
      Span out = new Span(word("not-kept"));
      out.addClassNames("quiet", "small");
      return out;
    }
    return value.<Component>map(component -> component).orElseGet(Span::new);
  }
}
