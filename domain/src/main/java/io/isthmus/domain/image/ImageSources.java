package io.isthmus.domain.image;

import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Port: what stands at addresses that people give. Only addresses are gone to that {@link
 * AddressGuard} allows, after each redirect anew, and past any proxy. Never called within a
 * transaction; thread-safe.
 */
public interface ImageSources {

  /** Most redirects that are followed, one after another. */
  int MOST_REDIRECTS = 3;

  /**
   * Content from somewhere on.
   *
   * @param bytes to be closed; a read waits for a byte for half a minute at most and then fails
   * @param from the first byte's place in the whole: what was asked for, or 0 where the server
   *     tells all of it or nothing
   * @param size bytes of the whole, where the server tells
   * @param version the server's word for this very content, such as a strong {@code ETag}
   */
  record Opened(InputStream bytes, long from, OptionalLong size, Optional<String> version) {}

  /**
   * @param from the place of the first byte that is wanted
   * @param version what it told before, so that no two contents are mixed; only with {@code from}
   * @throws FederationFault SOURCE_REJECTED when it answered that it does not have it, leads to
   *     where nobody may go, or answered in a way that nothing can be made of; SOURCE_UNAVAILABLE
   *     when it cannot serve now: each names the address and what was answered
   * @throws IOException when there was no answer
   */
  Opened open(URI source, long from, Optional<String> version) throws IOException;

  /** Why an address is not gone to, without what lies there. */
  static Phrase refusal(URI source, AddressGuard.Lead lead) {
    return Phrase.of(
        lead == AddressGuard.Lead.UNKNOWN ? "image.source-unresolved" : "image.source-guarded",
        source.getHost());
  }

  /**
   * An address as it is told in words, without what may let one in: its user, and what follows its
   * question mark.
   */
  static String shown(URI source) {
    String text = source.toString();
    String authority = source.getRawAuthority();
    if (authority == null) {
      return AddressWords.withoutEnd(AddressWords.masked(text));
    }
    int at = text.indexOf(authority);
    return text.substring(0, at)
        + authority.substring(authority.lastIndexOf('@') + 1)
        + AddressWords.withoutEnd(text.substring(at + authority.length()));
  }

  /** The same of what may be no address. */
  static String shown(String text) {
    try {
      return shown(new URI(text.strip()));
    } catch (URISyntaxException e) {
      return AddressWords.withoutEnd(AddressWords.masked(text));
    }
  }

  /**
   * Words from outside, such as a cloud's, without what of this or any other address may let one
   * in.
   */
  static Phrase hiding(Optional<URI> source, Phrase words) {
    return words.with(text -> AddressWords.hidden(source, text));
  }
}
