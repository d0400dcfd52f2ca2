package io.isthmus.ui.library;

import io.isthmus.domain.library.ItemKind;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where pages of saved templates and policies are. */
public final class SavedPages {

  private SavedPages() {}

  /** Of a kind, without a slash before it. */
  public static String list(ItemKind kind) {
    return switch (kind) {
      case TEMPLATE -> "templates";
      case POLICY -> "policies";
    };
  }

  public static String item(ItemKind kind, String name) {
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

  /**
   * The name in a page's address, which is decoded or not, depending on how the page was come to.
   * No name has a percent sign or a plus in it.
   */
  static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Of no item.
      return segment;
    }
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
