package io.isthmus.ui.library;

import io.isthmus.domain.library.ItemKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where pages of saved templates and policies are. */
final class SavedPages {

  private SavedPages() {}

  /** Of a kind, without a slash before it. */
  static String list(ItemKind kind) {
    return switch (kind) {
      case TEMPLATE -> "templates";
      case POLICY -> "policies";
    };
  }

  static String item(ItemKind kind, String name) {
    return list(kind) + "/" + encoded(name);
  }

  /** A new stack that begins with it. */
  static String use(ItemKind kind, String name) {
    return "/stacks/new?" + kind.text() + "=" + encoded(name);
  }

  /** The editor that it can be changed and saved in. */
  static String edit(ItemKind kind, String name) {
    return use(kind, name) + "&edit";
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
