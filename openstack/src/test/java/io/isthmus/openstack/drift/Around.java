package io.isthmus.openstack.drift;

import io.isthmus.domain.drift.Surroundings;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known around a part, as a test says. */
final class Around implements Surroundings {
  final Map<MirrorKind, List<MirrorItem>> items = new HashMap<>();
  final Map<String, List<JsonObject>> given = new HashMap<>();
  final Set<String> parts = new HashSet<>();
  final List<Size> sizes =
      new ArrayList<>(List.of(new Size("7", "m1.small"), new Size("8", "m1.large")));

  Around with(MirrorKind kind, MirrorItem item) {
    items
        .computeIfAbsent(kind, none -> new ArrayList<>())
        .removeIf(old -> old.id().equals(item.id()));
    items.get(kind).add(item);
    return this;
  }

  @Override
  public List<MirrorItem> marked(MirrorKind kind, String mark) {
    return items.getOrDefault(kind, List.of()).stream()
        .filter(item -> item.mark().filter(mark::equals).isPresent())
        .toList();
  }

  @Override
  public List<String> named(MirrorKind kind, String name) {
    return items.getOrDefault(kind, List.of()).stream()
        .filter(item -> item.name().equals(name))
        .map(MirrorItem::id)
        .toList();
  }

  @Override
  public Optional<String> name(MirrorKind kind, String id) {
    return items.getOrDefault(kind, List.of()).stream()
        .filter(item -> item.id().equals(id))
        .map(MirrorItem::name)
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  @Override
  public Optional<Size> size(String idOrName) {
    return sizes.stream()
        .filter(size -> size.id().equals(idOrName) || size.name().equals(idOrName))
        .findFirst();
  }

  @Override
  public List<JsonObject> given(String type) {
    return given.getOrDefault(type, List.of());
  }

  @Override
  public boolean isPart(String type, String physicalId) {
    return parts.contains(type + " " + physicalId);
  }
}
